import { randomBytes } from 'node:crypto';
import { type Jwks, LIFE } from '../../model/token.ts';
import { claimsOf, connection, lifeOf, type Parties, type Purpose, purposeOf, type TokenCall } from './claims.ts';
import { type Endpoint, type Exchanged, exchange } from './exchange.ts';
import type { TokenKeys } from './keys.ts';
import { headerOf, mint } from './mint.ts';
import { redactor } from './redact.ts';

/** The tokens of one gate: one for each call that was let through, after it was decided, approved and recorded. */
export interface Tokens {
  /** What the server gets to see of the call's rights. Throws `TokenFault`, or `LogFault` where the key cannot be used. */
  tokenFor(call: TokenCall): Promise<string>;
  /** For what is no call, of one agent, for that many seconds: a new one each time. Throws the same. */
  tokenForConnection(agent: string, seconds: number): Promise<Exchanged>;
  /** Text from the server without any token of ours. */
  clean(text: string): string;
  /** What servers check tokens with. */
  jwks(): Promise<Jwks>;
}

export interface TokenParts extends Parties {
  keys: TokenKeys;
  /** Absent: the server takes our own tokens. */
  endpoint?: Endpoint | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  tell(text: string): void;
}

/** Exchanged tokens that are kept for the next call, by scopes. */
const MOST_KEPT = 100;
/** Milliseconds: a token that is about to end would end on its way. */
const MARGIN = 5_000;

export function openTokens({ keys, endpoint, now, tell, ...parties }: TokenParts): Tokens {
  const seen = redactor(now);
  const kept = new Map<string, Promise<Exchanged>>();
  let told: number | undefined;

  async function own(purpose: Purpose, audience: string): Promise<string> {
    const { seconds } = purpose;
    if (seconds !== lifeOf(seconds) && seconds !== told) {
      told = seconds;
      tell(
        `the policy's tokens live ${seconds} seconds; these live ${lifeOf(seconds)} (${LIFE.least} to ${LIFE.most})`,
      );
    }
    const key = await keys.current();
    seen.beginning(`${Buffer.from(JSON.stringify(headerOf(key))).toString('base64url')}.`);
    return await mint(claimsOf(purpose, { ...parties, audience }, now()), key);
  }

  async function exchanged(purpose: Purpose, at: Endpoint): Promise<Exchanged> {
    const subject = await own(purpose, at.url.href);
    const wish = { subject, resource: parties.audience, scopes: purpose.scopes };
    const got = await exchange(at, wish, await keys.current(), now());
    const life = lifeOf(purpose.seconds) * 1000;
    // A token that says nothing of its end may well live longer than it is kept.
    seen.whole(got.token, Math.max(got.until, now() + life));
    return { ...got, until: Math.min(got.until, now() + life) };
  }

  async function fromEndpoint(purpose: Purpose, at: Endpoint): Promise<string> {
    // One that was given for a call that cannot be undone is for no other.
    if (purpose.isOnce) return (await exchanged(purpose, at)).token;
    const name = JSON.stringify([parties.audience, purpose.agent, purpose.scopes]);
    const known = kept.get(name);
    if (known !== undefined) {
      const { token, until } = await known;
      if (until - MARGIN > now()) return token;
      if (kept.get(name) === known) kept.delete(name);
      return await fromEndpoint(purpose, at);
    }
    const next = exchanged(purpose, at);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(name, next);
    next.catch(() => kept.get(name) === next && kept.delete(name));
    return (await next).token;
  }

  return {
    async tokenFor(call) {
      const purpose = purposeOf(call);
      return await (endpoint === undefined ? own(purpose, parties.audience) : fromEndpoint(purpose, endpoint));
    },
    async tokenForConnection(agent, seconds) {
      const purpose = connection(agent, seconds, randomBytes(16).toString('base64url'));
      if (endpoint !== undefined) return await exchanged(purpose, endpoint);
      return { token: await own(purpose, parties.audience), until: now() + lifeOf(seconds) * 1000 };
    },
    clean: seen.clean,
    jwks: keys.jwks,
  };
}
