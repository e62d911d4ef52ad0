import type { Advice, PatchOperation } from '../model/assessment.ts';
import { TIERS } from '../model/tiers.ts';
import type { Move } from './moves.ts';
import { type Plan, reaches } from './plan.ts';
import { BAR, type Goal } from './price.ts';
import type { Reach } from './reach.ts';
import { approvalsOf, cheapest } from './search.ts';
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
  return found.map(adviceOf);
}

function adviceOf({ moves, walk: { tier } }: Plan): Advice {
  const last = [...new Map(moves.map((move) => [move.subject, move])).values()];
  return {
    id: last.map((move) => move.id).join('+'),
    text: phrase(last),
    patch: merged(last.flatMap((move) => move.patch)),
    tier,
    approvalsPerDay: approvalsOf(last, null),
  };
}

/** Two moves on a tool that is written in short both spell it out: one operation has to hold both fields. */
function merged(patch: PatchOperation[]): PatchOperation[] {
  const byPath = new Map<string, PatchOperation>();
  for (const operation of patch) {
    const before = byPath.get(operation.path);
    const value = before ? Object.assign({}, before.value, operation.value) : operation.value;
    byPath.set(operation.path, { ...operation, value });
  }
  return [...byPath.values()];
}

/** `gate a, b and c; drop d`: moves of one kind are told together. */
function phrase(moves: Move[]): string {
  const kinds = new Map<string, Move[]>();
  for (const move of moves) kinds.set(move.verb, [...(kinds.get(move.verb) ?? []), move]);
  return [...kinds].map(([verb, kind]) => verb.replace('{}', () => listed(kind.map((move) => move.object)))).join('; ');
}

function listed(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
