import type { Advice } from '../model/assessment.ts';
import { TIERS, type Tier } from '../model/tiers.ts';
import { canCloseEgress, closeEgress, drop, gate, type Move, reclassify } from './moves.ts';
import type { Pair, Reach } from './reach.ts';
import { atLeast, type Disclosure, dangerous, lands, lower, touches, type Walk, walk } from './walk.ts';

/** Plans to the next tier that are shown: the cheapest and one that changes other things. */
const ALTERNATIVES = 2;
/** An alternative with more changes than this helps nobody. */
const SHORT = 3;

/** Sets that are looked at for one tier; small manifests need a handful, and no manifest may stall the command. */
const BUDGET = 1500;

/** The cheapest changes for each lower tier, and up to two other ways to the next one. Every tier is found by assessing. */
export function advise(reach: Reach): Advice[] {
  const now = walk(reach, 'worst').tier;
  const found: Plan[] = [];
  for (const goal of TIERS.filter((tier) => lower(tier, now)).reverse()) {
    const wanted = found.length === 0 ? ALTERNATIVES : 1;
    for (const [i, plan] of cheapest(reach, goal, wanted).entries()) {
      if (!found.some((other) => covers(plan, other)) && (i === 0 || plan.moves.length <= SHORT)) found.push(plan);
    }
  }
  return found.map(adviceOf);
}

/** Moves taken so far, and what the reach is with them. */
interface Plan {
  moves: Move[];
  cost: number;
  reach: Reach;
  walk: Walk;
}

/**
 * A* over sets of moves. Each step takes the first thing that holds the tier up and tries every move that bears on it; a
 * plan that leaves it alone cannot reach the goal, so no plan is missed. When the budget runs out, the cheapest move for
 * each obstacle in turn gives a plan that works without being proven cheapest.
 */
export function cheapest(reach: Reach, goal: Tier, wanted: number): Plan[] {
  const start: Plan = { moves: [], cost: 0, reach, walk: walk(reach, 'worst') };
  const queue = [{ plan: start, bound: remaining(start, goal) }];
  const seen = new Set<string>();
  const found: Plan[] = [];
  for (let looked = 0; looked < BUDGET && queue.length > 0; looked++) {
    const next = queue.reduce((a, b) => (compareQueued(b, a) < 0 ? b : a));
    queue.splice(queue.indexOf(next), 1);
    const { plan } = next;
    if (!lower(goal, plan.walk.tier)) {
      if (!found.some((other) => sameSubjects(plan, other))) found.push(plan);
      if (found.length >= wanted) return found;
      continue;
    }
    for (const move of movesAgainst(plan, goal)) {
      const grown = withMove(plan, move);
      const key = grown.moves
        .map((taken) => taken.id)
        .sort()
        .join('\n');
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ plan: grown, bound: grown.cost + remaining(grown, goal) });
    }
  }
  return found.length > 0 || queue.length === 0 ? found : greedy(start, goal);
}

function greedy(start: Plan, goal: Tier): Plan[] {
  let plan = start;
  while (lower(goal, plan.walk.tier)) {
    const [move] = movesAgainst(plan, goal).sort((a, b) => a.cost - b.cost);
    if (!move) return [];
    plan = withMove(plan, move);
  }
  return [plan];
}

function withMove(plan: Plan, move: Move): Plan {
  const reach = move.apply(plan.reach);
  return { moves: [...plan.moves, move], cost: plan.cost + move.cost, reach, walk: walk(reach, 'worst') };
}

/** Cheaper first, then fewer changes, then fewer approvals, then by name, so that the answer is always the same. */
function compareQueued(a: { plan: Plan; bound: number }, b: { plan: Plan; bound: number }): number {
  return (
    a.bound - b.bound ||
    a.plan.moves.length - b.plan.moves.length ||
    approvalsOf(a.plan.moves, Number.MAX_SAFE_INTEGER) - approvalsOf(b.plan.moves, Number.MAX_SAFE_INTEGER) ||
    (names(a.plan) < names(b.plan) ? -1 : 1)
  );
}

const names = (plan: Plan): string => plan.moves.map((move) => move.id).join('\n');

function covers(plan: Plan, other: Plan): boolean {
  return other.moves.every((move) => plan.moves.some(({ id }) => id === move.id));
}

/** Never more than what is still to pay: every pair that is bad in itself needs a move of its own. */
function remaining({ reach, walk: { highStakes } }: Plan, goal: Tier): number {
  const irreducible = (pair: Pair) => pair.irreversible.worst || pair.highImpact.worst;
  if (goal === 'medium-plus')
    return 2 * [...highStakes].filter((pair) => irreducible(pair) && lands(pair, 'worst')).length;
  if (goal === 'medium') return 5 * reach.pairs.filter(irreducible).length;
  return 5 * reach.pairs.filter((pair) => pair.writes.worst).length;
}

/** Every move that bears on the first obstacle between the plan and its goal. */
function movesAgainst({ reach, walk: now }: Plan, goal: Tier): Move[] {
  const obstacle =
    goal === 'light'
      ? reach.pairs.find((pair) => pair.writes.worst || touches(pair, 'internal', 'worst'))
      : reach.pairs.find((pair) => now.highStakes.has(pair) && (goal === 'medium' || lands(pair, 'worst')));
  if (!obstacle) return now.disclosure ? breaking(reach, now.disclosure) : [];
  const moves = [drop(obstacle)];
  if (goal === 'medium-plus') moves.push(gate(obstacle));
  if (goal === 'light') return obstacle.writes.worst ? moves : [...moves, ...lowerScopes(reach, obstacle, 'internal')];
  if (obstacle.irreversible.worst || obstacle.highImpact.worst) return moves;
  if (dangerous(obstacle, 'worst')) return [...moves, ...lowerScopes(reach, obstacle, 'regulated')];
  if (now.disclosure)
    return unique([
      ...moves,
      ...(canCloseEgress(obstacle) ? [closeEgress(obstacle)] : []),
      ...legs(reach, now.disclosure),
    ]);
  return moves;
}

/** Reclassifies each scope of the pair that is at least `bar` to just below it. */
function lowerScopes(reach: Reach, pair: Pair, bar: 'internal' | 'confidential' | 'regulated'): Move[] {
  const below = { internal: 'public', confidential: 'internal', regulated: 'confidential' } as const;
  return pair.scopes
    .filter((scope) => atLeast(scope, bar, 'worst'))
    .flatMap((scope) => {
      const owner = reach.agents.find((agent) => agent.id === scope.agent);
      return owner?.manifest.data?.[scope.name] ? [reclassify(owner, scope, below[bar])] : [];
    });
}

/** Moves that take a reader or a source of strangers' text out of a disclosure path. */
function legs(reach: Reach, { readers, strangers }: Disclosure): Move[] {
  const sources = strangers.filter((source): source is Pair => 'tool' in source);
  return [
    ...readers.flatMap((pair) => [drop(pair), ...lowerScopes(reach, pair, 'confidential')]),
    ...sources.flatMap((pair) => [drop(pair), ...(canCloseEgress(pair) ? [closeEgress(pair)] : [])]),
  ];
}

function breaking(reach: Reach, disclosure: Disclosure): Move[] {
  const exits = disclosure.exits.flatMap((pair) => [drop(pair), ...(canCloseEgress(pair) ? [closeEgress(pair)] : [])]);
  return unique([...exits, ...legs(reach, disclosure)]);
}

function unique(moves: Move[]): Move[] {
  return [...new Map(moves.map((move) => [move.id, move])).values()];
}

/** Dropping a tool instead of gating it is not another way, only a harder one. */
function sameSubjects(plan: Plan, other: Plan): boolean {
  return other.moves.every((move) => plan.moves.some(({ subject }) => subject === move.subject));
}

/** The sum of what the moves add; `unknown` stands in where a volume is not declared. */
function approvalsOf<T>(moves: readonly Move[], unknown: T): number | T {
  let sum = 0;
  for (const { approvals } of moves) {
    if (approvals === null) return unknown;
    sum += approvals;
  }
  return sum;
}

function adviceOf({ moves, walk: { tier } }: Plan): Advice {
  const last = [...new Map(moves.map((move) => [move.subject, move])).values()];
  return {
    id: last.map((move) => move.id).join('+'),
    text: phrase(last),
    patch: last.flatMap((move) => move.patch),
    tier,
    approvalsPerDay: approvalsOf(last, null),
  };
}

/** `gate a, b and c; drop d`: moves of one kind are told together. */
function phrase(moves: Move[]): string {
  const kinds = new Map<string, Move[]>();
  for (const move of moves) kinds.set(move.verb, [...(kinds.get(move.verb) ?? []), move]);
  return [...kinds].map(([verb, kind]) => verb.replace('{}', listed(kind.map((move) => move.object)))).join('; ');
}

function listed(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
