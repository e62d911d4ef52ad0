import type { AgentPolicy, Grant, LimitGrants, Loss } from '../model/policy.ts';
import { byName } from '../source/order.ts';
import { GATE } from './instead.ts';

/** What an engine without a memory and without tokens of its own loses of every call; one line for what many tools lose alike. */
export function callLosses(
  agent: string,
  { tools }: AgentPolicy,
  isCallable: (tool: string, grant: Grant) => boolean,
): Loss[] {
  const callable = Object.entries(tools)
    .filter(([tool, grant]) => isCallable(tool, grant))
    .sort(byName);
  const capped = callable.filter(([, grant]) => grant.maxCallsPerDay !== null).map(([tool]) => `\`${tool}\``);
  const scoped = callable.filter(([, grant]) => grant.scopes.length > 0).map(([tool]) => `\`${tool}\``);
  const losses: Loss[] = [];
  if (capped.length > 0) {
    const message = `calls a day are not counted: ${capped.join(', ')}`;
    losses.push({ what: 'maxCallsPerDay', agent, message, instead: GATE });
  }
  if (scoped.length > 0) {
    const message = `scopes bind no token: ${scoped.join(', ')}`;
    losses.push({ what: 'scoped-tokens', agent, message, instead: 'give the server a token with these scopes' });
  }
  return losses;
}

/** Limits that an engine does not count, and who else does. */
export interface Uncounted {
  what: string;
  fields: (keyof LimitGrants)[];
  instead: string;
}

/** Those of them that the policy sets. */
export function uncountedLosses(agent: string, { limits }: AgentPolicy, table: readonly Uncounted[]): Loss[] {
  return table.flatMap(({ what, fields, instead }) => {
    const set = fields.filter((field) => limits[field] !== null).map((field) => `\`${field}: ${limits[field]}\``);
    return set.length === 0 ? [] : [{ what, agent, message: `not counted: ${set.join(', ')}`, instead }];
  });
}
