/** Days, in UTC, with calls: fewer are one week's habit. */
export const LEAST_DAYS = 10;
/** Calls before a range says anything about the next one: with no exception in n calls, at most about 3 in n are (95 %). */
export const LEAST_CALLS = 100;
/** Days on which a cap has to stand in the way before it is taken for too low: one is an accident. */
export const NEAR_DAYS = 3;
/** Uses that would have been expected of a tool that was never used: with 3, none at all comes by chance once in twenty. */
export const LEAST_EXPECTED = 3;
/** Calls that were refused and granted by hand afterwards: once may have been a favour. */
export const LEAST_REGRANTED = 3;
/** A cap is lowered to this many times the most that was seen. */
export const HEADROOM = 2;
/** And only where it is at least this many times that. */
export const FAR = 2;
/** A cap is near where this share of it is used. */
export const NEAR = 0.9;
/** And is then raised to this many times the most that was wanted. */
export const RAISE = 1.5;
/** Beyond the greatest and the least value that were seen, so that the next call is not the first one refused. */
export const MARGIN = 1.1;
/** Values that can be listed in a schema. */
export const MOST_VALUES = 8;
/** And how often each has to have come: what came once says that there are others. */
export const LEAST_EACH = 5;
/** Of the answers those that nobody gave in time. */
export const MOST_EXPIRED = 0.05;

/** At least as great, with two digits that mean something. */
export function roundedUp(value: number): number {
  if (value <= 0) return value === 0 ? 0 : -roundedDown(-value);
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return step >= 1 ? Math.ceil(value / step) * step : tidy(Math.ceil(tidy(value / step)) * step);
}

/** At most as great, with two digits that mean something. */
export function roundedDown(value: number): number {
  if (value <= 0) return value === 0 ? 0 : -roundedUp(-value);
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return step >= 1 ? Math.floor(value / step) * step : tidy(Math.floor(tidy(value / step)) * step);
}

/** Without the digits that binary fractions leave. */
const tidy = (value: number): number => Number(value.toPrecision(12));
