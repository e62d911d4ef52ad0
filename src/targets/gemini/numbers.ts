import type { ArgumentSchema } from '../../model/manifest.ts';

/** Numbers as JSON writes them: digits, from 1e21 on with an exponent, and so below 1e-6. */
const FRACTION = '(|\\.[0-9]+)';
const HUGE = '[0-9](|\\.[0-9]+)e\\+[0-9]+';
const TINY = '[0-9](|\\.[0-9]+)e-[0-9]+';

/** Far enough from where whole numbers are no longer told apart. */
const MOST = 1e14;

/** Bounds as whole numbers; null: none. `open`: the bound itself is not in it. */
interface Side {
  least: number;
  leastOpen: boolean;
  most: number | null;
  mostOpen: boolean;
}

export interface NumberPattern {
  alternatives: string[];
  /** A bound was rounded inwards. */
  rounded: boolean;
  /** What no pattern says. */
  lost: string[];
}

export function numberPattern(schema: ArgumentSchema, whole: boolean): NumberPattern {
  const { multipleOf } = schema;
  const lost = multipleOf === undefined || multipleOf === 1 ? [] : ['multipleOf'];
  const onlyWhole = whole || multipleOf === 1;
  const lower = tighter([schema.minimum, false], [schema.exclusiveMinimum, true], (a, b) => a > b);
  const upper = tighter([schema.maximum, false], [schema.exclusiveMaximum, true], (a, b) => a < b);
  const tooBig = [lower, upper].some((bound) => bound !== undefined && Math.abs(bound[0]) > MOST);
  if (tooBig) return { alternatives: anyNumber(onlyWhole), rounded: false, lost: [...lost, 'its bounds'] };
  const [low, high] = [lower && inwards(lower, Math.ceil), upper && inwards(upper, Math.floor)];
  const rounded = !onlyWhole && [lower, upper].some((bound) => bound !== undefined && !Number.isInteger(bound[0]));
  const positive = side(low, high);
  const negative = side(high && [-high[0], high[1]], low && [-low[0], low[1]]);
  return {
    alternatives: [
      ...numbersFrom(positive, onlyWhole, true),
      ...numbersFrom(negative, onlyWhole, false).map((one) => `-${one}`),
    ],
    rounded,
    lost,
  };
}

function anyNumber(whole: boolean): string[] {
  return whole ? ['-?[0-9]+', `-?${HUGE}`] : ['-?[0-9][^,\\]\\0]*'];
}

type Bound = [value: number, open: boolean];

function tighter(
  [one, oneOpen]: [number | undefined, boolean],
  [other, otherOpen]: [number | undefined, boolean],
  isTighter: (a: number, b: number) => boolean,
): Bound | undefined {
  if (one === undefined) return other === undefined ? undefined : [other, otherOpen];
  if (other === undefined || isTighter(one, other)) return [one, oneOpen];
  return [other, otherOpen];
}

function inwards([value, open]: Bound, round: (value: number) => number): Bound {
  return Number.isInteger(value) ? [value, open] : [round(value), false];
}

/** The part of a range at and above zero; undefined: nothing of it. */
function side(low: Bound | undefined, high: Bound | undefined): Side | undefined {
  const [least, leastOpen] = low !== undefined && low[0] >= 0 ? low : [0, false];
  if (high === undefined) return { least, leastOpen, most: null, mostOpen: false };
  const [most, mostOpen] = high;
  if (most < least || (most === least && (leastOpen || mostOpen))) return undefined;
  return { least, leastOpen, most, mostOpen };
}

/** Patterns of the numbers at and above zero in a range. Zero itself has no minus, so `zero` is false below it. */
function numbersFrom(range: Side | undefined, whole: boolean, zero: boolean): string[] {
  if (range === undefined) return [];
  const { least, leastOpen, most, mostOpen } = range;
  const first = Math.max(leastOpen ? least + 1 : least, zero ? 0 : 1);
  if (whole) return digits(first, most === null ? null : mostOpen ? most - 1 : most);
  const alternatives: string[] = [];
  // A number with a fraction lies between its whole part and the next one, so the last whole part stands alone.
  const lastPart = most === null ? null : most - 1;
  for (const one of digits(first, lastPart)) alternatives.push(one === HUGE ? one : `${one}${FRACTION}`);
  if (least < first && (most === null || least < most)) alternatives.push(`${least}\\.[0-9]+`);
  if (least === 0 && (most === null || most > 0)) alternatives.push(TINY);
  if (most !== null && !mostOpen && most >= first) alternatives.push(String(most));
  return alternatives;
}

/** Patterns of the whole numbers from `least` to `most`, both in it; null: without an end. */
function digits(least: number, most: number | null): string[] {
  if (most === null) {
    const length = String(least).length;
    const rest = `[1-9][0-9]{${length},}`;
    return [...digits(least, 10 ** length - 1), rest, HUGE];
  }
  if (most < least) return [];
  const alternatives: string[] = [];
  for (let from = least; from <= most; ) {
    // The widest block of numbers that starts here: all that share a beginning and end in any digits.
    let free = 0;
    while (from % 10 ** (free + 1) === 0 && from !== 0 && from + 10 ** (free + 1) - 1 <= most) free += 1;
    const block = 10 ** free;
    const digit = Math.floor(from / block) % 10;
    const room = Math.floor((most - from + 1) / block) - 1;
    const last = Math.min(9, digit + room);
    const head = Math.floor(from / block / 10);
    const choice = last > digit ? `[${digit}-${last}]` : String(digit);
    alternatives.push(`${head === 0 ? '' : head}${choice}${free === 0 ? '' : `[0-9]{${free}}`}`);
    from += (last - digit + 1) * block;
  }
  return alternatives;
}
