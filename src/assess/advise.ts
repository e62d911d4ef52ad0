import type { Advice, PatchOperation } from '../model/assessment.ts';
import { TIERS } from '../model/tiers.ts';
import { type Asking, approvalsAdded, asking } from './approvals.ts';
import type { Move } from './moves.ts';
import { type Plan, reaches } from './plan.ts';
import { BAR, type Goal } from './price.ts';
import type { Reach } from './reach.ts';
import { cheapest } from './search.ts';
import { lower, walk } from './walk.ts';

/** Plans to the next tier that are shown: the cheapest and one that changes other things. */
const ALTERNATIVES = 2;

/** The cheapest changes for each lower tier, and another way to the next one. Every tier is found by assessing. */
export function advise(reach: Reach): Advice[] {
  const now = walk(reach, 'worst').tier;
  const found: Plan[] = [];
  const goals = TIERS.filter((tier): tier is Goal => tier in BAR && lower(tier, now)).reverse();
  for (const goal of goals) {
    const plans = cheapest(reach, goal, found.length === 0 ? ALTERNATIVES : 1);
    // A plan for a nearer goal may have got this far for no more.
    found.push(...plans.filter((plan) => !found.some((other) => reaches(other, goal) && other.cost <= plan.cost)));
  }
  const before = asking(reach);
  const several = reach.agents.length > 1;
  return found.map((plan) => adviceOf(plan, before, several));
}

function adviceOf({ moves, reach, walk: { tier } }: Plan, before: Asking, several: boolean): Advice {
  const last = [...new Map(moves.map((move) => [move.subject, move])).values()];
  return {
    id: last.map((move) => move.id).join('+'),
    text: phrase(last, several),
    patch: merged(last.flatMap((move) => move.patch)),
    tier,
    approvalsPerDay: approvalsAdded(before, asking(reach)),
  };
}

/** Two moves on a tool that is written in short both spell it out: one operation has to hold both fields. */
function merged(patch: PatchOperation[]): PatchOperation[] {
  const byPath = new Map<string, PatchOperation>();
  for (const operation of patch) {
    // Agents from different documents have their tools under the same path.
    const key = `${operation.agent} ${operation.path}`;
    const before = byPath.get(key);
    const value = before ? Object.assign({}, before.value, operation.value) : operation.value;
    byPath.set(key, { ...operation, value });
  }
  return [...byPath.values()];
}

/** `gate a, b and c; drop d`: moves of one kind are told together, with their agents where there are several. */
function phrase(moves: Move[], several: boolean): string {
  const told = [...grouped(moves, ({ verb }) => verb)].map(([verb, kind]) => {
    const byAgent = [...grouped(kind, ({ agent }) => agent)].map(([agent, own]) => {
      const objects = listed(own.map(({ object }) => object));
      return several ? `${objects} of \`${agent}\`` : objects;
    });
    return verb.replace('{}', () => listed(byAgent));
  });
  return told.join('; ');
}

function grouped(moves: Move[], keyOf: (move: Move) => string): Map<string, Move[]> {
  const groups = new Map<string, Move[]>();
  for (const move of moves) {
    const others = groups.get(keyOf(move));
    if (others) others.push(move);
    else groups.set(keyOf(move), [move]);
  }
  return groups;
}

function listed(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
