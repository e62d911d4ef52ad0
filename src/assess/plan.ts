import {
  applied,
  canCloseEgress,
  canReclassify,
  closeEgress,
  drop,
  gate,
  type Move,
  ownerOf,
  reclassify,
} from './moves.ts';
import { BAR, type Goal, isOnData, lands, needsOwnMove, remaining } from './price.ts';
import type { Pair, Reach, Scope } from './reach.ts';
import { atLeast, type Disclosure, lower, type Walk, walk } from './walk.ts';

/** Moves taken so far, and what the reach is with them. */
export interface Plan {
  moves: Move[];
  cost: number;
  /** Never more than the cost of the cheapest plan that starts with these moves. */
  bound: number;
  /** The moves by name, in no order. */
  key: string;
  reach: Reach;
  walk: Walk;
}

export function planOf(reach: Reach, moves: Move[], goal: Goal): Plan {
  const now = walk(reach, 'worst');
  const cost = sum(moves);
  const ids = moves.map(({ id }) => id).sort();
  return { moves, cost, bound: cost + remaining(reach, now, goal), key: ids.join('\n'), reach, walk: now };
}

export function withMoves(plan: Plan, moves: readonly Move[], goal: Goal): Plan {
  return planOf(applied(plan.reach, moves), [...plan.moves, ...moves], goal);
}

export const reaches = ({ walk: { tier } }: Plan, goal: Goal): boolean => !lower(goal, tier);

/** Every move that bears on the first obstacle between the plan and its goal: each plan that gets there has one of them. */
export function movesAgainst({ reach, walk: { disclosure } }: Plan, goal: Goal): Move[] {
  const holds = (pair: Pair) => (goal === 'medium-plus' ? [gate(pair), drop(pair)] : [drop(pair)]);
  const own = reach.pairs.find((pair) => needsOwnMove(pair, goal));
  if (own) return holds(own);
  const onData = reach.pairs.find((pair) => isOnData(pair, goal));
  if (onData) return [...holds(onData), ...lowerScopes(reach, onData, BAR[goal])];
  if (!disclosure) return [];
  const { exits, readers, sources } = legsOf(disclosure, goal);
  // A leg ends only when its first pair is out of it, so that the others need no branch of their own yet.
  return unique([
    ...exits.slice(0, 1).flatMap((pair) => [...holds(pair), ...closings(pair)]),
    ...readers.slice(0, 1).flatMap((pair) => [drop(pair), ...lowerScopes(reach, pair, 'confidential')]),
    ...(sources ?? []).slice(0, 1).flatMap((pair) => [drop(pair), ...closings(pair)]),
  ]);
}

/** One move against every obstacle of a kind at once: together not proven cheapest, but there in a few steps. */
export function sweep({ reach, walk: { disclosure } }: Plan, goal: Goal): Move[] {
  const hold = goal === 'medium-plus' ? gate : drop;
  const own = reach.pairs.filter((pair) => needsOwnMove(pair, goal));
  if (own.length > 0) return own.map(hold);
  const made = new Map<Scope, Move>();
  const orElse = (moves: Move[], other: Move) => (moves.length > 0 ? moves : [other]);
  const onData = reach.pairs.filter((pair) => isOnData(pair, goal));
  if (onData.length > 0) {
    const lowered = (pair: Pair) => orElse(lowerScopes(reach, pair, BAR[goal], made), drop(pair));
    return goal === 'medium-plus' ? onData.map(gate) : unique(onData.flatMap(lowered));
  }
  if (!disclosure) return [];
  const { exits, readers, sources } = legsOf(disclosure, goal);
  const ways = [
    exits.flatMap((pair) => orElse(closings(pair), hold(pair))),
    unique(
      readers.flatMap((pair) =>
        orElse(pair.hidden.worst ? [] : lowerScopes(reach, pair, 'confidential', made), drop(pair)),
      ),
    ),
    ...(sources ? [sources.flatMap((pair) => orElse(closings(pair), drop(pair)))] : []),
  ];
  return ways.reduce((best, way) => (sum(way) < sum(best) ? way : best));
}

/** What each leg of a disclosure path consists of; strangers' text that no tool brings in cannot be kept out. */
export function legsOf({ exits, readers, strangers }: Disclosure, goal: Goal) {
  const sources = strangers.filter((source): source is Pair => 'tool' in source);
  return {
    exits: exits.filter((pair) => goal !== 'medium-plus' || lands(pair)),
    readers,
    sources: sources.length === strangers.length ? sources : undefined,
  };
}

const closings = (pair: Pair): Move[] => (canCloseEgress(pair) ? [closeEgress(pair)] : []);

type Bar = (typeof BAR)[Goal] | 'confidential';

/** Reclassifies each scope of the pair that is at least `bar` to just below it; none where one of them cannot be. */
function lowerScopes(reach: Reach, pair: Pair, bar: Bar, made = new Map<Scope, Move>()): Move[] {
  const below = { internal: 'public', confidential: 'internal', regulated: 'confidential' } as const;
  const scopes = pair.scopes.filter((scope) => atLeast(scope, bar, 'worst'));
  if (!scopes.every((scope) => canReclassify(reach, scope))) return [];
  return scopes.flatMap((scope) => {
    const owner = ownerOf(reach, scope);
    const move = made.get(scope) ?? (owner && reclassify(owner, scope, below[bar]));
    if (!move) return [];
    made.set(scope, move);
    return [move];
  });
}

const unique = (moves: Move[]): Move[] => [...new Map(moves.map((move) => [move.id, move])).values()];
const sum = (moves: readonly Move[]): number => moves.reduce((total, { cost }) => total + cost, 0);
