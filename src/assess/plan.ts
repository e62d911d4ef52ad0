import { TIERS } from '../model/tiers.ts';
import {
  canCloseEgress,
  canReclassify,
  closeEgress,
  drop,
  gate,
  type Move,
  ownerOf,
  reclassify,
} from './moves.ts';
import { BAR, canLower, cheapestLeg, type Goal, needsOwnMove, remaining } from './price.ts';
import type { Pair, Reach } from './reach.ts';
import { atLeast, lands, touches, type Walk, walk } from './walk.ts';

/** Moves taken so far, and what the reach is with them. */
export interface Plan {
  moves: Move[];
  cost: number;
  /** Never more than what the cheapest plan costs that starts with these moves. */
  bound: number;
  /** The moves by name, in no order; tells plans apart. */
  key: string;
  reach: Reach;
  walk: Walk;
}

export function planOf(reach: Reach, moves: Move[], goal: Goal): Plan {
  const now = walk(reach, 'worst');
  const cost = moves.reduce((sum, move) => sum + move.cost, 0);
  const key = moves.map(({ id }) => id).sort().join('\n');
  return { moves, cost, bound: cost + remaining(reach, now, goal), key, reach, walk: now };
}

export function withMoves(plan: Plan, moves: readonly Move[], goal: Goal): Plan {
  const reach = moves.reduce((grown, move) => move.apply(grown), plan.reach);
  return planOf(reach, [...plan.moves, ...moves], goal);
}

export function reaches({ walk: { tier } }: Plan, goal: Goal): boolean {
  return TIERS.indexOf(tier) <= TIERS.indexOf(goal);
}

/** Every move that bears on the first obstacle between the plan and its goal: one of them is in every plan that gets there. */
export function movesAgainst({ reach, walk: now }: Plan, goal: Goal): Move[] {
  const own = reach.pairs.find((pair) => needsOwnMove(pair, goal));
  if (own) return held(own, goal);
  const onData = reach.pairs.find((pair) => isOnData(pair, goal));
  if (onData) return [...held(onData, goal), ...lowerScopes(reach, onData, BAR[goal])];
  if (!now.disclosure) return [];
  const { exits, readers, strangers } = now.disclosure;
  const exit = exits.find((pair) => goal !== 'medium-plus' || lands(pair, 'worst'));
  const source = strangers.every((one) => 'tool' in one) ? strangers[0] : undefined;
  const [reader] = readers;
  const moves = [
    ...(exit ? [...held(exit, goal), ...closed(exit)] : []),
    ...(reader ? [drop(reader), ...lowerScopes(reach, reader, 'confidential')] : []),
    ...(source && 'tool' in source ? [drop(source), ...closed(source)] : []),
  ];
  return [...new Map(moves.map((move) => [move.id, move])).values()];
}

/** The cheapest move against every obstacle of one kind at once: not proven cheapest together, but found in a few steps. */
export function sweep({ reach, walk: now }: Plan, goal: Goal): Move[] {
  const hold = goal === 'medium-plus' ? gate : drop;
  const own = reach.pairs.filter((pair) => needsOwnMove(pair, goal));
  if (own.length > 0) return own.map(hold);
  const lowered = (pair: Pair) => (canLower(reach, pair) ? lowerScopes(reach, pair, 'confidential') : [drop(pair)]);
  const onData = reach.pairs.filter((pair) => isOnData(pair, goal));
  if (onData.length > 0) {
    return goal === 'medium-plus' ? onData.map(gate) : unique(onData.flatMap((pair) => orDrop(pair, lowerScopes(reach, pair, BAR[goal]))));
  }
  if (!now.disclosure) return [];
  const { exits, readers, strangers } = now.disclosure;
}
