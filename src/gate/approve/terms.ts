import type { AgentPolicy } from '../../model/policy.ts';
import type { Channel } from './define.ts';

/** What is asked where a policy names no channel, or none that this gate has: it needs nothing but the machine. */
export const DEFAULT_CHANNEL = 'inbox';

/** The names in a policy's `channel`, such as `inbox, webhook`. */
export function namedChannels({ approvals }: AgentPolicy): string[] {
  const names = (approvals?.channel ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return [...new Set(names)];
}

/** Those that the policy names, that its terms let approve, and that this gate has; else the default. */
export function acceptedChannels(agent: AgentPolicy, opened: readonly Channel[]): string[] {
  const named = namedChannels(agent);
  const accepted = opened.filter((channel) => named.includes(channel.id) && channel.suits(agent));
  return accepted.length > 0
    ? withBeside(
        accepted.map(({ id }) => id),
        opened,
      )
    : defaultChannels(opened);
}

/** What is asked where no other can. */
export function defaultChannels(opened: readonly Channel[]): string[] {
  return withBeside([DEFAULT_CHANNEL], opened);
}

function withBeside(ids: readonly string[], opened: readonly Channel[]): string[] {
  const beside = opened.filter((channel) => channel.beside !== undefined && ids.includes(channel.beside));
  return [...new Set([...ids, ...beside.map(({ id }) => id)])];
}
