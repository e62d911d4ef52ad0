import type { Observation } from '../../src/model/proof.ts';
import type { Permissions } from '../../src/targets/claude-code/permissions.ts';

export interface Rules {
  permissions: Permissions;
  /** The built-in tools that a session has. */
  builtIns: readonly string[];
  /** False: what no rule speaks of is refused. */
  asksRest: boolean;
}

/**
 * What becomes of a call that the hook has nothing against: deny, then ask, then allow, and for tools of servers by the
 * whole name alone. A reading of the rules that the sessions of the real client in the other tests bear out.
 */
export function byRules({ permissions, builtIns, asksRest }: Rules, name: string): Observation {
  if (!name.startsWith('mcp__') && !builtIns.includes(name)) return 'refused';
  if (permissions.deny.includes(name)) return 'refused';
  if (permissions.ask.includes(name)) return 'asked';
  if (permissions.allow.includes(name)) return 'ran';
  return asksRest ? 'asked' : 'refused';
}

/** Built here from the measured rule, so that the target cannot agree with itself alone. */
export const nameOf = (tool: string): string =>
  tool.includes('/') ? `mcp__${tool.replace('/', '__').replace(/[^\w-]/g, '_')}` : tool;
