import { accessOf } from './describe.ts';
import type { Reach } from './reach.ts';
import { walk } from './walk.ts';

/** The pairs that ask, by their own access or the review of their agent, with their calls a day where they declare them. */
export type Asking = ReadonlyMap<string, number | undefined>;

export function asking(reach: Reach): Asking {
  const worst = walk(reach, 'worst');
  const asked = reach.pairs.filter((pair) => accessOf(pair, worst) === 'ask');
  return new Map(asked.map(({ agent, tool, facts }) => [`${agent.id} ${tool}`, facts.callsPerDay]));
}

/** Approvals a day that a change adds, less those it saves; null where a tool that starts to ask declares no volume. */
export function approvalsAdded(before: Asking, after: Asking): number | null {
  let added = 0;
  for (const [pair, calls] of after) {
    if (before.has(pair)) continue;
    if (calls === undefined) return null;
    added += calls;
  }
  for (const [pair, calls] of before) if (!after.has(pair)) added -= calls ?? 0;
  return added;
}
