import type { RoiSpread } from '../model/roi.ts';

/** Mean and deciles of values; the array is put in another order. */
export function spreadOf(values: Float64Array): RoiSpread {
  let sum = 0;
  for (const value of values) sum += value;
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => Math.round(share * (values.length - 1))) as Ranks;
  // What is below a decile stays below it, so that the next search starts there.
  const p10 = nth(values, low, 0);
  const p50 = nth(values, middle, low);
  return { mean: sum / values.length, p10, p50, p90: nth(values, high, middle) };
}

type Ranks = [number, number, number];

/** The value that `rank` others are not above. Hoare's selection: sorting every month of every option would take seconds. */
function nth(values: Float64Array, rank: number, start: number): number {
  let [from, to] = [start, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1] ?? 0;
    let [i, j] = [from, to];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i > j) break;
      const kept = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = kept;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return values[rank] ?? 0;
}
