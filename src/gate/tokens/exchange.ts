import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { TokenFault } from './fault.ts';
import type { TokenKey } from './keys.ts';
import { postForm } from './reply.ts';

/** Where a token of ours becomes one that the server takes. Source: RFC 8693 */
export interface Endpoint {
  url: URL;
  /** Who we are there. */
  client: string;
  /** Absent: we sign who we are with our own key (RFC 7523). */
  secret?: string | undefined;
}

export interface Wish {
  /** Ours, for the endpoint. */
  subject: string;
  /** The server that the other token is for. Source: RFC 8707 */
  resource: string;
  scopes: readonly string[];
}

export interface Exchanged {
  token: string;
  /** Milliseconds since 1970. */
  until: number;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Seconds that our word on who we are holds. */
const ASSERTION_LIFE = 60;

/** What a header can carry, long enough to be told from other text. Source: RFC 6750, section 2.1 */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,16000}={0,4}$/;

/** Throws `TokenFault`. `now` in milliseconds. */
export async function exchange(endpoint: Endpoint, wish: Wish, key: TokenKey, now: number): Promise<Exchanged> {
  const { url, client, secret } = endpoint;
  const form = new URLSearchParams({
    grant_type: GRANT,
    subject_token: wish.subject,
    subject_token_type: ACCESS_TOKEN,
    requested_token_type: ACCESS_TOKEN,
    resource: wish.resource,
  });
  if (wish.scopes.length > 0) form.set('scope', wish.scopes.join(' '));
  const headers: Record<string, string> = {};
  if (secret !== undefined) headers.authorization = basic(client, secret);
  else {
    form.set('client_id', client);
    form.set('client_assertion_type', ASSERTION);
    form.set('client_assertion', await assertion(endpoint, key, now));
  }
  return tokenIn(await postForm(url, form, headers), now);
}

function tokenIn(answer: Record<string, unknown>, now: number): Exchanged {
  const { access_token: token, token_type: type, expires_in: seconds, issued_token_type: issued } = answer;
  if (typeof token !== 'string' || !TOKEN.test(token)) throw new TokenFault('the token endpoint gave no token');
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw new TokenFault('the token endpoint gave a token that is no bearer token');
  if (issued !== undefined && issued !== ACCESS_TOKEN && issued !== 'urn:ietf:params:oauth:token-type:jwt')
    throw new TokenFault('the token endpoint gave a token that is no access token');
  const life = typeof seconds === 'number' && seconds > 0 ? seconds : 0;
  return { token, until: now + life * 1000 };
}

/** Source: RFC 6749, section 2.3.1 */
function basic(client: string, secret: string): string {
  const coded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${coded(client)}:${coded(secret)}`).toString('base64')}`;
}

function assertion({ url, client }: Endpoint, key: TokenKey, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const jti = randomBytes(16).toString('base64url');
  const claims = { iss: client, sub: client, aud: url.href, iat, exp: iat + ASSERTION_LIFE, jti };
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: key.kid }).sign(key.secret);
}
