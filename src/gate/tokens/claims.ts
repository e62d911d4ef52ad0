import { grantFor } from '../../enforce/grant.ts';
import {
  agentUrn,
  CALL_TYPE,
  type CallDetails,
  CONNECTION_TYPE,
  type ConnectionDetails,
  LIFE,
  type TokenClaims,
} from '../../model/token.ts';
import type { Forwarded } from '../session.ts';

/** A call that was let through and is on record. */
export type TokenCall = Pick<Forwarded, 'asked' | 'value' | 'by' | 'id'>;

/** Whose tokens they are, and for whom. */
export interface Parties {
  issuer: string;
  audience: string;
  /** A user; undefined: no person starts the agent, and it acts for itself. */
  onBehalfOf: string | undefined;
}

/** What one token is for. */
export interface Purpose {
  agent: string;
  /** The token's own name. */
  id: string;
  /** That it may live, by the policy. */
  seconds: number;
  scopes: readonly string[];
  /** It is for nothing else, ever. */
  isOnce: boolean;
  details(audience: string): CallDetails | ConnectionDetails;
}

export function purposeOf({ asked, value, by, id }: TokenCall): Purpose {
  const { agents, tokenTtlSeconds: seconds } = by.policy;
  const agent = Object.hasOwn(agents, asked.agent) ? agents[asked.agent] : undefined;
  const grant = agent === undefined ? undefined : grantFor(agent, asked.tool)?.grant;
  // What no policy grants any more is as high-stakes as anything.
  const isOnce = grant === undefined || grant.highStakes.length > 0;
  const details = (audience: string): CallDetails => ({
    type: CALL_TYPE,
    locations: [audience],
    actions: [String(value.method)],
    identifier: asked.tool.slice(asked.tool.indexOf('/') + 1),
    arguments_digest: asked.digest,
    single_use: isOnce,
  });
  return { agent: asked.agent, id, seconds, scopes: grant?.scopes ?? [], isOnce, details };
}

/** For what is no call. */
export function connection(agent: string, seconds: number, id: string): Purpose {
  const details = (audience: string): ConnectionDetails => ({ type: CONNECTION_TYPE, locations: [audience] });
  return { agent, id, seconds, scopes: [], isOnce: false, details };
}

/** What a token says; `now` in milliseconds. */
export function claimsOf(purpose: Purpose, { issuer, audience, onBehalfOf }: Parties, now: number): TokenClaims {
  const { id, seconds, scopes, details } = purpose;
  const agent = agentUrn(purpose.agent);
  const iat = Math.floor(now / 1000);
  return {
    iss: issuer,
    sub: onBehalfOf ?? agent,
    client_id: agent,
    aud: audience,
    iat,
    exp: iat + lifeOf(seconds),
    jti: id,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    ...(onBehalfOf === undefined ? {} : { act: { sub: agent } }),
    authorization_details: [details(audience)],
  };
}

/** Seconds, within what a token may live. */
export const lifeOf = (seconds: number): number => Math.min(LIFE.most, Math.max(LIFE.least, seconds));
