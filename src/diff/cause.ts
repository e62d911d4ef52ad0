import { reachOf } from '../assess/reach.ts';
import { walk } from '../assess/walk.ts';
import { patchedAgent } from '../manifest/patch.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Change } from '../model/diff.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import { tokensOf } from '../source/pointer.ts';
import { patchOf, toolOf } from './changes.ts';
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
function withUndone(head: Agent, changes: readonly Change[], partners: ReadonlyMap<Agent, Agent>): Agent {
  const copy = patchedAgent(
    head,
    changes.map((change) => patchOf(change, true)),
  );
  const copies = new Map(agentsOf(copy).map((agent) => [agent.id, agent]));
  const before = new Map([...partners].map(([agent, other]) => [agent.id, other]));
  for (const { agent: id, pointer } of changes) {
    const agent = copies.get(id);
    const [map, name] = tokensOf(pointer.slice(agent?.base.length ?? 0));
    if (!agent || map !== 'subagents' || name === undefined) continue;
    const others = before.get(id)?.subagents ?? {};
    const other = Object.hasOwn(others, name) ? others[name] : undefined;
    if (other) agent.subagents[name] = other;
    else delete agent.subagents[name];
  }
  return copy;
}
