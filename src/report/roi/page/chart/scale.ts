/** Where values of a chart lie, as shares of its width in percent; some is left at both ends for marks and words. */
export interface Scale {
  least: number;
  most: number;
  ticks: number[];
}

const MARGIN = 4;

/** Less than this apart is nothing to anybody. */
const LEAST_USD = 1;

/** A scale that holds all values, with about as many round ticks as asked for. */
export function scaleOf(values: readonly number[], wanted = 5): Scale {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const most = Math.max(high, low + LEAST_USD);
  const step = roundStep((most - low) / wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  // `+ 0` because a tick at -0 would be written as one.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step + 0);
  return { least: low, most, ticks };
}

/** 1, 2 or 5 times a power of ten, not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/** Percent of the width; a value beyond the scale lies on its edge. */
export function at(value: number, { least, most }: Scale): number {
  const share = Math.min(1, Math.max(0, (value - least) / (most - least)));
  return hundredths(MARGIN + share * (100 - 2 * MARGIN));
}

/** As many digits as can be seen, and the same text on every machine. */
export const hundredths = (number: number) => Math.round(number * 100) / 100;
