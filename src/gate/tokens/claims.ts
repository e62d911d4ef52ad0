import { grantFor } from '../../enforce/grant.ts';
import type { Grant } from '../../model/policy.ts';
import { agentUrn, CALL_TYPE, LIFE, type TokenClaims } from '../../model/token.ts';
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

/** What the token for one call says; `now` in milliseconds. */
export function claimsOf(call: TokenCall, { issuer, audience, onBehalfOf }: Parties, now: number): TokenClaims {
  const { asked, value, by, id } = call;
  const grant = grantOf(call);
  const agent = agentUrn(asked.agent);
  const iat = Math.floor(now / 1000);
  return {
    iss: issuer,
    sub: onBehalfOf ?? agent,
    client_id: agent,
    aud: audience,
    iat,
    exp: iat + lifeOf(by.policy.tokenTtlSeconds),
    jti: id,
    ...(grant === undefined || grant.scopes.length === 0 ? {} : { scope: grant.scopes.join(' ') }),
    ...(onBehalfOf === undefined ? {} : { act: { sub: agent } }),
    authorization_details: [
      {
        type: CALL_TYPE,
        locations: [audience],
        actions: [String(value.method)],
        identifier: asked.tool.slice(asked.tool.indexOf('/') + 1),
        arguments_digest: asked.digest,
        single_use: isHighStakes(call),
      },
    ],
  };
}

/** Seconds, within what a token may live. */
export const lifeOf = (seconds: number): number => Math.min(LIFE.most, Math.max(LIFE.least, seconds));

/** What no policy grants any more is as high-stakes as anything. */
export function isHighStakes(call: TokenCall): boolean {
  const grant = grantOf(call);
  return grant === undefined || grant.highStakes.length > 0;
}

export const scopesOf = (call: TokenCall): readonly string[] => grantOf(call)?.scopes ?? [];

function grantOf({ asked, by }: TokenCall): Grant | undefined {
  const { agents } = by.policy;
  const agent = Object.hasOwn(agents, asked.agent) ? agents[asked.agent] : undefined;
  return agent === undefined ? undefined : grantFor(agent, asked.tool)?.grant;
}
