import type { AgentPolicy, Policy, ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { fileNameOf } from '../srt/file-name.ts';

/** One server of one agent, as nginx stands before it. */
export interface Place {
  agent: string;
  server: string;
  /** What the client asks for: begins with `/`, of plain characters only. */
  path: string;
  upstream: URL;
}

/** Loopback only: whoever reaches it, reaches the servers. */
export const LISTEN = '127.0.0.1:8931';

export function placesOf(policy: Policy): Place[] {
  return agentsOf(policy).flatMap(([agent, { servers }]) =>
    Object.entries(servers)
      .sort(byName)
      .flatMap(([server, grant]) => {
        const upstream = upstreamOf(grant);
        return upstream === undefined ? [] : [{ agent, server, path: pathOf(agent, server), upstream }];
      }),
  );
}

export function agentsOf({ agents }: Policy): [string, AgentPolicy][] {
  return Object.entries(agents).sort(byName);
}

/** Undefined: nothing to stand before, or an address that the configuration's words cannot hold. */
export function upstreamOf({ transport, url }: ServerGrant): URL | undefined {
  if (transport !== 'http' || url === null || !URL.canParse(url)) return undefined;
  const { protocol, username, password, search, hash, href } = new URL(url);
  const isPlain = /^https?:$/.test(protocol) && username + password + search + hash === '';
  // A dollar begins a variable, and the others end a word.
  return isPlain && /^[A-Za-z0-9/:._~%@!&'()*+,=[\]-]+$/.test(href) && !/['()]/.test(href) ? new URL(href) : undefined;
}

export const pathOf = (agent: string, server: string) => `/${fileNameOf(agent)}/${fileNameOf(server)}`;

/** Name of an agent's counter. */
export const zoneOf = (agent: string) => `stakes_${fileNameOf(agent).replaceAll(/[^a-z0-9]/g, '_')}`;

/**
 * How many calls a minute, and at once, keep every minute at or under the cap. nginx lets a full bucket go at once and
 * refills it meanwhile, so that a bucket as large as the cap would let through twice of it in its first minute.
 */
export function bucketOf(cap: number): { rate: number; burst: number } {
  const rate = Math.max(1, Math.floor(cap / 2));
  return { rate, burst: cap - rate };
}
