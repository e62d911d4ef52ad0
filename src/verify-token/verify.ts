import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { LIFE, TOKEN_TYPE } from '../model/token.ts';
import { type ExpectedCall, isForConnection, isSingleUse } from './details.ts';
import { keyNamed } from './keys.ts';
import type { KnownKeys } from './known.ts';
import { type Refusal, TokenRefused } from './refused.ts';
import { type Replays, replaysInMemory } from './replays.ts';

/** What a token is checked with. */
export interface TokenToVerify {
  /** The token, as the request brought it; undefined: it brought none. */
  token: string | undefined;
  /** Of the gate: what `stakes tokens` prints. */
  keys: KnownKeys;
  /** Whose tokens are taken, such as `urn:stakes:gate:refund-desk`. */
  issuer: string;
  /** What the server is called: its address, or `urn:stakes:server:<name>` where it is started over stdio. */
  audience: string;
  /** Seconds that clocks may differ. */
  tolerance?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface CallToVerify extends TokenToVerify, ExpectedCall {
  /** Default: this process's memory. */
  replays?: Replays;
}

/** Who sends a request. */
export interface VerifiedConnection {
  /** The agent, such as `urn:stakes:agent:refund-desk`. */
  agent: string;
  /** On whose behalf: a user, or the agent itself. */
  onBehalfOf: string;
}

/** A call that may run: the gate has let it through, with these very arguments. */
export interface VerifiedCall extends VerifiedConnection {
  scopes: string[];
  /** Names the call in the gate's records, for a log: `<session>.<seq>`. */
  id: string;
  singleUse: boolean;
}

const ALGORITHMS = ['EdDSA', 'Ed25519'];
/** Seconds. */
const TOLERANCE = 5;
const CLAIMS = ['sub', 'client_id', 'jti', 'iat', 'exp', 'authorization_details'];

/** Longer than any token of a gate. */
const MOST = 16 * 1024;

const remembered = replaysInMemory();

/** Is this the token for this very call? Throws `TokenRefused`, with a code, where it is not: then the call must not run. */
export async function verifyCall(call: CallToVerify): Promise<VerifiedCall> {
  const { issuer, replays = remembered, tolerance = TOLERANCE } = call;
  const { agent, onBehalfOf, id, scopes, exp, details } = await verified(call);
  const singleUse = isSingleUse(details, call);
  if (singleUse) {
    const answer = await replays.take(`${issuer} ${id}`, exp + tolerance);
    if (answer !== 'taken') throw new TokenRefused(answer === 'full' ? 'replays-full' : 'replayed');
  }
  return { agent, onBehalfOf, scopes, id, singleUse };
}

/** The same for all that is no call, over HTTP: is it from the gate? Throws `TokenRefused`. */
export async function verifyConnection(given: TokenToVerify): Promise<VerifiedConnection> {
  const { agent, onBehalfOf, details } = await verified(given);
  isForConnection(details, given.audience);
  return { agent, onBehalfOf };
}

async function verified({ token, keys, issuer, audience, tolerance = TOLERANCE, now = Date.now }: TokenToVerify) {
  if (token === undefined || token === '') throw new TokenRefused('missing');
  const date = new Date(now());
  const key = await keyNamed(keys, kidOf(token), date.getTime() / 1000 - tolerance);
  const claims = await claimsIn(() =>
    jwtVerify(token, key, {
      algorithms: ALGORITHMS,
      typ: TOKEN_TYPE,
      issuer,
      audience,
      requiredClaims: CLAIMS,
      clockTolerance: tolerance,
      currentDate: date,
    }),
  );
  const { sub = '', client_id: agent, jti: id = '', iat = 0, exp = 0, scope } = claims;
  if (claims.aud !== audience) throw new TokenRefused('audience');
  if (iat > date.getTime() / 1000 + tolerance) throw new TokenRefused('early');
  if (exp - iat > LIFE.most) throw new TokenRefused('lifetime');
  if (typeof agent !== 'string' || id === '' || sub === '') throw new TokenRefused('malformed');
  const scopes = typeof scope === 'string' && scope !== '' ? scope.split(' ') : [];
  return { agent, onBehalfOf: sub, id, scopes, exp, details: claims.authorization_details };
}

/** Looked at before any key is: what is of another kind has its own code. */
function kidOf(token: string): unknown {
  if (token.length > MOST) throw new TokenRefused('malformed');
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw new TokenRefused('malformed');
  }
  const type = typeof header.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : '';
  if (type !== TOKEN_TYPE) throw new TokenRefused('type');
  if (!ALGORITHMS.includes(header.alg ?? '')) throw new TokenRefused('algorithm');
  return header.kid;
}

const CLAIM_CODES: Readonly<Record<string, Refusal>> = { iss: 'issuer', aud: 'audience', nbf: 'early', typ: 'type' };

async function claimsIn(verify: () => Promise<{ payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verify()).payload;
  } catch (error) {
    throw new TokenRefused(codeOf(error));
  }
}

function codeOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_CODES[error.claim] ?? 'malformed';
  return 'malformed';
}
