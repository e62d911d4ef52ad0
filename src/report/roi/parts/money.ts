import type { RoiUnit } from '../../../model/roi-inputs.ts';

/** An amount for people, with two figures that mean something. */
export function dollars(amount: number): string {
  return `${amount < 0 ? '-' : ''}$${figures(Math.abs(amount))}`;
}

/** Thousands of dollars for a column of numbers. */
export function thousands(amount: number): string {
  const size = amount / 1000;
  if (Math.abs(size) >= 100) return grouped(Math.round(size));
  const text = size.toFixed(1);
  return text === '-0.0' ? '0.0' : text;
}

/** A value of an input, with its unit. */
export function amountOf(value: number, unit: RoiUnit): string {
  if (unit === 'share') return `${figures(100 * value)}%`;
  if (unit.startsWith('usd'))
    return `$${figures(value)}${unit.slice('usd'.length).replace('/', ' an ').replace('an month', 'a month')}`;
  return `${figures(value)} ${unit.replace('/', ' a ')}`;
}

/** `low … high`, the unit once. */
export function rangeOf(low: number, high: number, unit: RoiUnit): string {
  if (low === high) return amountOf(low, unit);
  if (unit === 'share') return `${figures(100 * low)} to ${figures(100 * high)}%`;
  return unit.startsWith('usd')
    ? `$${figures(low)} to ${amountOf(high, unit)}`
    : `${figures(low)} to ${amountOf(high, unit)}`;
}

export const percent = (share: number) => `${Math.round(100 * share)}%`;

/** Two figures of a number, without an exponent. */
export function figures(number: number): string {
  if (number === 0) return '0';
  const step = 10 ** (Math.floor(Math.log10(Math.abs(number))) - 1);
  return step >= 1 ? grouped(Math.round(number / step) * step) : String(Number(number.toPrecision(2)));
}

const grouped = (number: number) => number.toLocaleString('en-US');
