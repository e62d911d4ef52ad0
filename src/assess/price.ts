import type { Tier } from '../model/tiers.ts';
import { COST, canCloseEgress, canReclassify } from './moves.ts';
import type { Pair, Reach } from './reach.ts';
import { atLeast, type Disclosure, lands, reads, touches, type Walk } from './walk.ts';

/** What a tier below the present one asks of every pair. */
export const BAR = { light: 'internal', medium: 'regulated', 'medium-plus': 'regulated' } as const;
export type Goal = keyof typeof BAR;

/** Bad in itself: nothing but a gate or a drop helps, and below medium-plus not even a gate. */
export function needsOwnMove(pair: Pair, goal: Goal): boolean {
  if (goal === 'light') return pair.writes.worst;
  return (pair.irreversible.worst || pair.highImpact.worst) && (goal === 'medium' || lands(pair, 'worst'));
}

/** Never more than what is still to pay for the goal; a search that trusts it misses nothing. */
export function remaining(reach: Reach, { disclosure }: Walk, goal: Goal): number {
  const own = reach.pairs.filter((pair) => needsOwnMove(pair, goal));
  const rest = (pairs: readonly Pair[]) => pairs.filter((pair) => !needsOwnMove(pair, goal));
  const hold = goal === 'medium-plus' ? COST.gate : COST.drop;
  const onData = rest(reach.pairs).filter((pair) => touches(pair, BAR[goal], 'worst') && (goal !== 'medium-plus' || lands(pair, 'worst')));
  const data = Math.min(hold * onData.length, COST.lowerStep);
  return hold * own.length + Math.max(data, disclosure ? cheapestLeg(reach, disclosure, goal, rest) : 0);
}

/** A disclosure path ends when one of its three legs is gone altogether. */
function cheapestLeg(reach: Reach, disclosure: Disclosure, goal: Goal, rest: (pairs: readonly Pair[]) => Pair[]): number {
  const hold = goal === 'medium-plus' ? COST.gate : COST.drop;
  const close = (pair: Pair, otherwise: number) => (canCloseEgress(pair) ? COST.closeEgress : otherwise);
  const exits = rest(disclosure.exits).filter((pair) => goal !== 'medium-plus' || lands(pair, 'worst'));
  const readers = rest(disclosure.readers);
  const stuck = readers.filter((pair) => !canLower(reach, pair));
  const sources = disclosure.strangers.filter((source): source is Pair => 'tool' in source);
  return Math.min(
    sum(exits, (pair) => close(pair, hold)),
    COST.drop * stuck.length + (stuck.length < readers.length ? COST.lowerStep : 0),
    sources.length < disclosure.strangers.length ? Number.POSITIVE_INFINITY : sum(rest(sources), (pair) => close(pair, COST.drop)),
  );
}

/** Would lower classes take the pair out of the readers? */
export function canLower(reach: Reach, pair: Pair): boolean {
  const sensitive = pair.scopes.filter((scope) => atLeast(scope, 'confidential', 'worst'));
  return !pair.hidden.worst && sensitive.every((scope) => canReclassify(reach, scope));
}

function sum(pairs: readonly Pair[], cost: (pair: Pair) => number): number {
  return pairs.reduce((total, pair) => total + cost(pair), 0);
}
