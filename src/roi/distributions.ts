import type { RoiRange } from '../model/roi.ts';

/** From a share of all values to the value that so many are below. */
export type Quantile = (share: number) => number;

/** Cells and steps of the tables that stand for distributions without a closed form. */
const CELLS = 256;
const STEPS = 1024;

/** Mean of a PERT distribution: (low + 4 × likely + high) ÷ 6. Source: Malcolm et al. 1959, Operations Research 7(5). */
export function pertMean({ low, likely, high }: RoiRange): number {
  return (low + 4 * likely + high) / 6;
}

/** PERT: a beta distribution between `low` and `high` with its mode at `likely` and a weight of 4. */
export function pertQuantile({ low, likely, high }: RoiRange): Quantile {
  const width = high - low;
  if (!(width > 0)) return () => likely;
  const table = inverse(below((4 * (likely - low)) / width, (4 * (high - likely)) / width));
  return (share) => {
    const at = share * STEPS;
    const step = Math.min(STEPS - 1, Math.floor(at));
    const from = table[step] ?? 0;
    return low + width * (from + (at - step) * ((table[step + 1] ?? 0) - from));
  };
}

/** Running areas under x^a (1 - x)^b in equal cells, by Simpson's rule. */
function below(a: number, b: number): Float64Array {
  const density = (x: number) => x ** a * (1 - x) ** b;
  const areas = new Float64Array(CELLS + 1);
  let left = density(0);
  for (let i = 0; i < CELLS; i++) {
    const right = density((i + 1) / CELLS);
    areas[i + 1] = (areas[i] ?? 0) + left + 4 * density((i + 0.5) / CELLS) + right;
    left = right;
  }
  return areas;
}

/** From running areas to the values at equal shares. */
function inverse(areas: Float64Array): Float64Array {
  const all = areas[CELLS] ?? 1;
  const values = new Float64Array(STEPS + 1);
  let cell = 0;
  for (let step = 0; step <= STEPS; step++) {
    const area = (step / STEPS) * all;
    while (cell < CELLS - 1 && (areas[cell + 1] ?? 0) < area) cell++;
    const start = areas[cell] ?? 0;
    const size = (areas[cell + 1] ?? 0) - start;
    values[step] = (cell + (size > 0 ? Math.min(1, (area - start) / size) : 0)) / CELLS;
  }
  return values;
}

/** Width of the interval that holds 90% of a normal distribution, in standard deviations. */
const NINETY = 2 * 1.6448536269514722;

/**
 * Lognormal with the median `likely` and a spread that puts 90% of it between `low` and `high`, cut at both: no loss is
 * beyond the bounds that somebody stated. A range that touches zero has no logarithm and falls back on PERT.
 */
export function lognormalQuantile(range: RoiRange): Quantile {
  const { low, likely, high } = range;
  if (!(high > low)) return () => likely;
  if (!(low > 0)) return pertQuantile(range);
  const [middle, spread] = [Math.log(likely), Math.log(high / low) / NINETY];
  const least = normalBelow((Math.log(low) - middle) / spread);
  const most = normalBelow((Math.log(high) - middle) / spread);
  return (share) => {
    const value = Math.exp(middle + spread * normalQuantile(least + share * (most - least)));
    return Math.min(high, Math.max(low, value));
  };
}

/** Mean of a quantile function after `of`, by the midpoint of 2,000 equal shares. */
export function meanOf(quantile: Quantile, of: (value: number) => number = (value) => value): number {
  const steps = 2000;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += of(quantile((i + 0.5) / steps));
  return sum / steps;
}

/** Share of a standard normal distribution below `x`. Source: Abramowitz and Stegun 1964, 7.1.26; error below 1.5e-7. */
export function normalBelow(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-z * z);
  return x < 0 ? tail / 2 : 1 - tail / 2;
}

/** Its inverse. Source: Peter Acklam 2003, an algorithm for the inverse normal distribution; relative error below 1.15e-9. */
export function normalQuantile(share: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, share));
  if (p < 0.02425) return tailAt(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tailAt(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const above =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const below =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return (above * q) / below;
}

function tailAt(q: number): number {
  const above =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const below =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
  return above / below;
}
