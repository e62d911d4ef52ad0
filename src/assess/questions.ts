import type { OpenQuestion } from '../model/assessment.ts';
import type { Tier } from '../model/tiers.ts';
import type { Reach } from './reach.ts';
import { type Settled, settling } from './settle.ts';
import { type Unknown, unknownsOf } from './unknowns.ts';
import { answersTo, lower, tallyOf } from './walk.ts';

/** With more open facts than this no two are tried together and no order is; the set is then only free of needless questions. */
const FEW = 40;

/** The shortest set of questions whose safest answers bring the ceiling down to the floor, in the order that does so soonest. */
export function openQuestions(reach: Reach): OpenQuestion[] {
  const ceiling = answersTo(tallyOf(reach, 'worst')).tier;
  const floor = answersTo(tallyOf(reach, 'best')).tier;
  if (ceiling === floor) return [];
  const reading = searchOf(reach, unknownsOf(reach, 'read'));
  const writing = reading.goal === floor ? reading : searchOf(reach, unknownsOf(reach, 'write'));
  const search = lower(writing.goal, reading.goal) ? writing : reading;
  // Chosen in an order that does not depend on how the manifest is written, asked in the order it is written.
  const chosen = new Set(shortest(search));
  return inOrder(
    search.state,
    search.unknowns.filter((unknown) => chosen.has(unknown)),
  );
}

interface Search {
  state: Settled;
  unknowns: Unknown[];
  /** The ceiling with every open fact at its safest. */
  goal: Tier;
  /** Questions that all the others together cannot replace. */
  needed: Unknown[];
}

function searchOf(reach: Reach, unknowns: Unknown[]): Search {
  const state = settling(reach);
  state.settle(unknowns);
  const goal = state.ceiling();
  const needed = unknowns.filter((unknown) => {
    state.reopen([unknown]);
    const tier = state.ceiling();
    state.settle([unknown]);
    return tier !== goal;
  });
  state.reopen(unknowns);
  return { state, unknowns, goal, needed };
}

function ceilingWith(state: Settled, set: readonly Unknown[]): Tier {
  state.settle(set);
  const tier = state.ceiling();
  state.reopen(set);
  return tier;
}

function shortest({ state, unknowns, goal, needed }: Search): Unknown[] {
  const certain = new Set(needed);
  const others = unknowns.filter((unknown) => !certain.has(unknown)).sort(byBreadth);
  state.settle(needed);
  const added = fewest(state, others, goal);
  state.reopen(needed);
  return [...needed, ...added];
}

/** The fewest questions that still lack where the others are settled: exact up to two. */
function fewest(state: Settled, others: readonly Unknown[], goal: Tier): Unknown[] {
  const closes = (...set: Unknown[]) => ceilingWith(state, set) === goal;
  if (closes()) return [];
  for (const one of others) if (closes(one)) return [one];
  if (others.length <= FEW) {
    for (const [i, one] of others.entries()) {
      for (const other of others.slice(i + 1)) if (closes(one, other)) return [one, other];
    }
  }
  return pruned(state, others, goal);
}

/** Leaves out what is not needed, from the end. */
function pruned(state: Settled, set: readonly Unknown[], goal: Tier): Unknown[] {
  state.settle(set);
  const kept = set.toReversed().filter((unknown) => {
    state.reopen([unknown]);
    const needed = state.ceiling() !== goal;
    if (needed) state.settle([unknown]);
    return needed;
  });
  state.reopen(kept);
  return kept;
}

/** Questions about the whole agent before those about tools, so that one of the first wins over ten of the others. */
function byBreadth(a: Unknown, b: Unknown): number {
  const breadth = ({ tool }: Unknown) => (tool === undefined ? 0 : 1);
  return breadth(a) - breadth(b) || (a.id < b.id ? -1 : 1);
}

function inOrder(state: Settled, chosen: readonly Unknown[]): OpenQuestion[] {
  const ordered: OpenQuestion[] = [];
  const left = [...chosen];
  while (left.length > 0) {
    const next = chosen.length > FEW ? left[0] : lowest(state, left);
    if (!next) break;
    state.settle([next]);
    const { id, agent, pointer, text } = next;
    ordered.push({ id, agent: agent.id, pointer, text, closes: state.ceiling() });
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
}

/** The first of the questions whose answer lowers the ceiling most. */
function lowest(state: Settled, unknowns: readonly Unknown[]): Unknown | undefined {
  const ranked = unknowns.map((unknown) => ({ unknown, tier: ceilingWith(state, [unknown]) }));
  return ranked.reduce((best, other) => (lower(other.tier, best.tier) ? other : best)).unknown;
}
