import type { RoiRange } from '../../../model/roi.ts';
import { ROI_UNITS, type RoiUnit } from '../../../model/roi-inputs.ts';

/** Futures that are simulated again when a slider moves: more would make people wait at every step. */
export const MOST_DRAWS = 10_000;

/** Steps of a slider on each side of where it starts. */
export const HALF = 20;

/** Figures of a value that can be chosen. */
export const SHOWN = 3;

/** Beyond this ratio equal steps are ratios: from $500 to $60,000 a step of $1,000 would be all or nothing. */
const WIDE = 20;

/** Values that a slider stops at; the middle one is what the report takes as most likely. */
export function stopsOf({ low, likely, high }: RoiRange, unit: RoiUnit): number[] {
  const most = ROI_UNITS[unit].most;
  const from = low < likely ? low : likely / 4;
  const to = Math.min(most, high > likely ? high : likely > 0 ? likely * 4 : 1);
  const side = (start: number, end: number, first: number) =>
    Array.from({ length: HALF }, (_, step) => between(start, end, (step + first) / HALF))
      .map(rounded)
      .map((value) => Math.min(Math.max(value, start), end));
  return [...side(from, likely, 0), likely, ...side(likely, Math.max(likely, to), 1)];
}

function between(from: number, to: number, share: number): number {
  return from > 0 && to / from > WIDE ? from * (to / from) ** share : from + (to - from) * share;
}

/** To what is shown of it, so that the model takes what people read. */
const rounded = (value: number) => Number(value.toPrecision(SHOWN));

/** A range with another likely value. Its ends stay, so that a slider says nothing that was not held possible; a point moves as one. */
export function movedTo(range: RoiRange, likely: number): RoiRange {
  const { low, high } = range;
  if (low === high) return { low: likely, likely, high: likely };
  return { low: Math.min(low, likely), likely, high: Math.max(high, likely) };
}
