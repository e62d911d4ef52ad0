import { reachOf } from '../assess/reach.ts';
import { walk } from '../assess/walk.ts';
import { patchedAgent } from '../manifest/patch.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Change } from '../model/diff.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import { patchOf, subagentOf, toolOf } from './changes.ts';
import { partnersOf } from './partners.ts';

/** Trials of a smaller set; what is found by then is told. */
const MOST_TRIALS = 1000;

export function tierOf(root: Agent): Tier {
  return walk(reachOf(root), 'worst').tier;
}

/**
 * The fewest changes behind a tier that moved, found by undoing them: where it rose, taking these back is enough for the
 * tier of the base; where it fell, these alone lead to the tier of the head.
 */
export function causeOf(
  base: Agent,
  head: Agent,
  changes: readonly Change[],
  partners = partnersOf(base, head),
): Change[] {
  const [before, after] = [tierOf(base), tierOf(head)];
  const rose = compareTiers(after, before);
  if (rose === 0) return [];
  // Tried first is dropped first, and a tool says more than what stands around it.
  const isTool = (change: Change) => (toolOf(change) ? 1 : 0);
  const ordered = [...changes].sort((a, b) => isTool(a) - isTool(b));
  const holds = (kept: readonly Change[]): boolean => {
    const undone = rose > 0 ? kept : ordered.filter((change) => !kept.includes(change));
    return compareTiers(tierOf(withUndone(head, undone, partners)), rose > 0 ? before : after) <= 0;
  };
  return holds(ordered) ? fewest(ordered, holds) : [];
}

/** Drops halves, then quarters, down to single changes, as long as the rest still holds; until none can be dropped. */
function fewest(all: readonly Change[], holds: (kept: readonly Change[]) => boolean): Change[] {
  let kept = [...all];
  let trials = 0;
  const drop = (size: number): boolean => {
    const before = kept.length;
    for (let at = 0; at < kept.length && trials < MOST_TRIALS; trials++) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (holds(without)) kept = without;
      else at += size;
    }
    return kept.length < before;
  };
  for (let size = Math.ceil(kept.length / 2); size > 1; size = Math.ceil(size / 2)) drop(size);
  // What was needed beside another may not be, once that is gone.
  while (drop(1));
  return kept;
}

/** `partners`: of the head's agents in the base. */
export function withUndone(head: Agent, changes: readonly Change[], partners: ReadonlyMap<Agent, Agent>): Agent {
  const agents = new Map([...partners].map(([agent, other]) => [agent.id, { agent, other }]));
  const named = changes.map((change) => {
    const pair = agents.get(change.agent);
    return { change, pair, name: pair && subagentOf(change, pair.agent.base) };
  });
  const fields = named.flatMap(({ change, name }) => (name === undefined ? [patchOf(change, true)] : []));
  const copy = patchedAgent(head, fields);
  const copies = new Map(agentsOf(copy).map((agent) => [agent.id, agent]));
  for (const { change, pair, name } of named) {
    const agent = copies.get(change.agent);
    if (agent && pair && name !== undefined) withSubagentOf(agent, pair.other, name);
  }
  return copy;
}

/** Makes one subagent what it was, with all that it had. */
function withSubagentOf(agent: Agent, before: Agent, name: string): void {
  const { [name]: _, ...others } = agent.manifest.subagents ?? {};
  const entry = own(before.manifest.subagents, name);
  agent.manifest = { ...agent.manifest, subagents: entry ? { ...others, [name]: entry } : others };
  const subagent = own(before.subagents, name);
  if (subagent) agent.subagents[name] = subagent;
  else delete agent.subagents[name];
}

function own<T>(map: Record<string, T> | undefined, key: string): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
