import type { RoiRange, RoiSource } from '../../model/roi.ts';

/** A default of the cost model: a range and where it comes from. */
export type Default = RoiRange & RoiSource;

export function from(source: RoiSource, low: number, likely: number, high: number): Default {
  return { low, likely, high, ...source };
}
