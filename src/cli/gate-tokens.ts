import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { LogFault } from '../audit/fault.ts';
import type { Documents } from '../gate/http/serve.ts';
import type { GateName } from '../gate/places.ts';
import { tokenFolder } from '../gate/tokens/folder.ts';
import type { Tokens } from '../gate/tokens/open.ts';
import type { Problem } from '../model/place.ts';
import type { AgentPolicy } from '../model/policy.ts';
import { gateUrn, serverUrn } from '../model/token.ts';
import { faultOf } from '../source/fault-code.ts';
import { readText } from '../source/read.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

interface Place {
  agent: AgentPolicy;
  server: string;
  /** Undefined: the server is started. */
  url: URL | undefined;
  state: string;
  name: GateName;
  tell(text: string): void;
}

const SECRET = 'STAKES_TOKEN_SECRET';

/** Nothing where no tokens are wanted: minting takes time, and a server that does not look would only log them. */
export async function tokensFor(
  options: Invocation['options'],
  io: Io,
  { agent, server, url: at, state, name, tell }: Place,
): Promise<{ tokens?: Tokens } | { problem: Problem }> {
  const given = (key: string): string | undefined => {
    const value = options[key];
    return typeof value === 'string' ? value : undefined;
  };
  if (options.tokens !== true) {
    const only = ONLY_WITH.find((key) => given(key) !== undefined);
    return only === undefined ? {} : wrong(`\`${flagOf(only)}\` is for tokens`, 'switch them on: `--tokens`');
  }
  if (options.shadow === true)
    return wrong('a gate that stops nothing vouches for nothing', 'leave out `--tokens` or `--shadow`');
  const { canonicalUri, safeAddress } = await import('../gate/tokens/address.ts');
  const issuer = given('tokenIssuer') ?? gateUrn(name.root);
  const audience =
    given('tokenAudience') ?? (at === undefined ? undefined : canonicalUri(at.href)) ?? serverUrn(server);
  const faulty = [issuer, audience].find((uri) => !URL.canParse(uri));
  if (faulty !== undefined) return wrong(`\`${faulty}\` is no URI`, 'such as `https://…` or `urn:…`');
  const address = given('tokenEndpoint');
  const url = address === undefined ? undefined : safeAddress(address);
  if (address !== undefined && url === undefined)
    return wrong('the token endpoint is no safe address', '`https://…`, without a name and a password in it');
  if (url === undefined && (given('tokenClient') ?? given('tokenSecret')) !== undefined)
    return wrong('a client is somebody at a token endpoint', 'say where that is: `--token-endpoint <url>`');
  try {
    const secret = url === undefined ? undefined : secretOf(given('tokenSecret'), io);
    const [{ tokenKeys }, { openTokens }] = await Promise.all([
      import('../gate/tokens/keys.ts'),
      import('../gate/tokens/open.ts'),
    ]);
    const keys = tokenKeys(tokenFolder(state, name), Date.now);
    await keys.current();
    const endpoint = url === undefined ? undefined : { url, client: given('tokenClient') ?? issuer, secret };
    const onBehalfOf = given('onBehalfOf') ?? (agent.attended ? userInfo().username : undefined);
    const whose = onBehalfOf === undefined ? 'on its own behalf' : `on behalf of ${onBehalfOf}`;
    tell(`each call has a token of ${issuer} for ${audience}, ${whose}`);
    return { tokens: openTokens({ keys, endpoint, issuer, audience, onBehalfOf, now: Date.now, tell }) };
  } catch (error) {
    if (error instanceof LogFault) return { problem: { code: error.code, message: error.message, help: error.help } };
    return wrong(`who starts the agent cannot be told (${faultOf(error)})`, 'say it: `--on-behalf-of <user>`');
  }
}

/** What a gate that listens tells everybody: by which keys its tokens are known. */
export function documentsOf(tokens: Tokens | undefined): Documents {
  return tokens === undefined ? {} : { '/.well-known/jwks.json': async () => JSON.stringify(await tokens.jwks()) };
}

const ONLY_WITH = [
  'tokenAudience',
  'tokenIssuer',
  'onBehalfOf',
  'tokenEndpoint',
  'tokenClient',
  'tokenSecret',
] as const;

const flagOf = (key: string) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function wrong(message: string, help: string): { problem: Problem } {
  return { problem: { code: 'tokens', message, help } };
}

/** Undefined: the gate says who it is with its own key. Throws `LogFault`. */
function secretOf(file: string | undefined, { cwd, env }: Io): string | undefined {
  const text = file === undefined ? env[SECRET] : secretIn(resolve(cwd, file));
  if (text === undefined) return undefined;
  if (text === '' || text.length > 4096 || /[\r\n]/.test(text))
    throw new LogFault('tokens', 'the secret is empty, too long or more than one line', 'it is one line of text');
  return text;
}

function secretIn(file: string): string {
  const text = readText(file, file);
  if (text.state === 'ok') return text.value.replace(/\r?\n$/, '');
  const says = text.problems[0]?.message ?? 'it cannot be read';
  throw new LogFault('tokens', `no secret: ${says}`, 'is `--token-secret` the right file?');
}
