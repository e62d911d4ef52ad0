import { compareTiers } from '../model/tiers.ts';
import type { Move } from './moves.ts';
import { movesAgainst, type Plan, planOf, reaches, sweep, withMoves } from './plan.ts';
import type { Goal } from './price.ts';
import type { Reach } from './reach.ts';

/** An alternative with more changes than this helps nobody. */
const SHORT = 3;

/** Plans tried for one goal, and facts looked at in them: small manifests need a handful, and none may stall the command. */
const MOST_PLANS = 1500;
const MOST_FACTS = 40_000;

/**
 * The cheapest plan for a goal, and short ones that change other things. A* over sets of moves: each step takes the first
 * thing that holds the tier up and tries every move that bears on it, so no plan is missed. Where that takes too long,
 * sweeping up one kind of obstacle after the other gives a plan that works without being proven cheapest.
 */
export function cheapest(reach: Reach, goal: Goal, wanted: number): Plan[] {
  const start = planOf(reach, [], goal);
  const queue = [start];
  const seen = new Set<string>();
  const found: Plan[] = [];
  const size = reach.pairs.reduce((sum, { scopes }) => sum + 1 + scopes.length, 1);
  const most = Math.min(MOST_PLANS, MOST_FACTS / size);
  while (queue.length > 0 && seen.size < most) {
    const plan = queue.reduce((a, b) => (comparePlans(b, a) < 0 ? b : a));
    queue.splice(queue.indexOf(plan), 1);
    if (found.some((other) => plan.moves.length > SHORT || covers(plan, other))) continue;
    if (reaches(plan, goal)) {
      found.push(plan);
      if (found.length >= wanted) return found;
      continue;
    }
    for (const move of movesAgainst(plan, goal)) {
      // Plans that nobody will look at any more; the one just made is enough to say that the queue is not done.
      if (seen.size >= most) break;
      const grown = withMoves(plan, [move], goal);
      if (seen.has(grown.key)) continue;
      seen.add(grown.key);
      queue.push(grown);
    }
  }
  return found.length > 0 || queue.length === 0 ? found : swept(start, goal);
}

function swept(start: Plan, goal: Goal): Plan[] {
  let plan = start;
  while (!reaches(plan, goal)) {
    const moves = sweep(plan, goal);
    if (moves.length === 0) return [];
    plan = withMoves(plan, moves, goal);
  }
  return [plan];
}

/** Cheaper first, then fewer changes, fewer approvals, the lower tier, and by name, so that the answer is always the same. */
function comparePlans(a: Plan, b: Plan): number {
  return (
    a.bound - b.bound ||
    a.moves.length - b.moves.length ||
    approvalsOf(a.moves, Number.MAX_SAFE_INTEGER) - approvalsOf(b.moves, Number.MAX_SAFE_INTEGER) ||
    compareTiers(a.walk.tier, b.walk.tier) ||
    (a.key < b.key ? -1 : 1)
  );
}

/** Does it change all that the other one changes? Dropping a tool instead of gating it is not another way, only a harder one. */
export function covers(plan: Plan, other: Plan): boolean {
  const subjects = new Set(plan.moves.map(({ subject }) => subject));
  return other.moves.every(({ subject }) => subjects.has(subject));
}

/** The sum of what the moves add; `unknown` stands in where a volume is not declared. */
export function approvalsOf<T>(moves: readonly Move[], unknown: T): number | T {
  let sum = 0;
  for (const { approvals } of moves) {
    if (approvals === null) return unknown;
    sum += approvals;
  }
  return sum;
}
