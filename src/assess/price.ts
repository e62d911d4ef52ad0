import { COST, canCloseEgress, canReclassify } from './moves.ts';
import type { Pair, Reach } from './reach.ts';
import { atLeast, type Disclosure, lands as landsIn, touches, type Walk } from './walk.ts';

/** The class from which data alone keeps a pair above a tier. */
export const BAR = { light: 'internal', medium: 'regulated', 'medium-plus': 'regulated' } as const;
export type Goal = keyof typeof BAR;

export const lands = (pair: Pair): boolean => landsIn(pair, 'worst');

/** Bad in itself: nothing but a gate or a drop helps, and below medium-plus not even a gate. */
export function needsOwnMove(pair: Pair, goal: Goal): boolean {
  if (goal === 'light') return pair.writes.worst;
  return (pair.irreversible.worst || pair.highImpact.worst) && (goal === 'medium' || lands(pair));
}

/** Kept above the goal by the data it reaches. */
export function isOnData(pair: Pair, goal: Goal): boolean {
  return touches(pair, BAR[goal], 'worst') && (goal !== 'medium-plus' || lands(pair));
}

/** Never more than what is still to pay for the goal, so that a search that goes by it finds the cheapest plan. */
export function remaining(reach: Reach, { disclosure }: Walk, goal: Goal): number {
  const hold = goal === 'medium-plus' ? COST.gate : COST.drop;
  const rest = (pair: Pair) => !needsOwnMove(pair, goal);
  const own = reach.pairs.length - reach.pairs.filter(rest).length;
  const onData = reach.pairs.filter((pair) => rest(pair) && isOnData(pair, goal)).length;
  // Moves on data may break the path too, so that only the dearer of the two is sure to be paid.
  const data = Math.min(hold * onData, COST.lowerStep);
  return hold * own + Math.max(data, disclosure ? cheapestLeg(reach, disclosure, goal, rest) : 0);
}

/** A disclosure path ends when one of its legs is gone altogether. */
function cheapestLeg(
  reach: Reach,
  { exits, readers, strangers }: Disclosure,
  goal: Goal,
  rest: (pair: Pair) => boolean,
): number {
  const hold = goal === 'medium-plus' ? COST.gate : COST.drop;
  const close = (pair: Pair, otherwise: number) => (canCloseEgress(pair) ? COST.closeEgress : otherwise);
  let out = 0;
  for (const pair of exits) if (rest(pair) && (goal !== 'medium-plus' || lands(pair))) out += close(pair, hold);
  let read = 0;
  let lowered = 0;
  for (const pair of readers.filter(rest)) {
    if (canLower(reach, pair)) lowered = COST.lowerStep;
    else read += COST.drop;
  }
  let brought = 0;
  for (const source of strangers) {
    if (!('tool' in source)) brought = Number.POSITIVE_INFINITY;
    else if (rest(source)) brought += close(source, COST.drop);
  }
  return Math.min(out, read + lowered, brought);
}

/** Would lower classes take the pair out of the readers? */
function canLower(reach: Reach, pair: Pair): boolean {
  const sensitive = pair.scopes.filter((scope) => atLeast(scope, 'confidential', 'worst'));
  return !pair.hidden.worst && sensitive.every((scope) => canReclassify(reach, scope));
}
