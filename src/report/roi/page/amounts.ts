import type { RoiRange, RoiSpread } from '../../../model/roi.ts';
import type { RoiUnit } from '../../../model/roi-inputs.ts';

const SCALES = [
  { least: 1e9, letter: 'B' },
  { least: 1e6, letter: 'M' },
  { least: 1e3, letter: 'k' },
] as const;

/** US dollars, short enough for a chart and in as many figures as an estimate deserves: `$940`, `$1.4k`, `−$260k`. */
export function money(usd: number, figures = 2): string {
  const size = rounded(Math.abs(usd), figures);
  const scale = SCALES.find(({ least }) => size >= least);
  const text = scale ? `${Number((size / scale.least).toPrecision(figures))}${scale.letter}` : String(size);
  return size === 0 ? '$0' : `${usd < 0 ? '−' : ''}$${text}`;
}

function rounded(size: number, figures: number): number {
  return size < 10 ** figures ? Math.round(size) : Number(size.toPrecision(figures));
}

/** `$12k to $150k`. */
export const moneyRange = ({ p10, p90 }: Pick<RoiSpread, 'p10' | 'p90'>) => `${money(p10)} to ${money(p90)}`;

/** `31%`; a chance that is not quite none or all is not said to be. */
export function chance(share: number): string {
  if (share > 0 && share < 0.005) return '< 1%';
  if (share < 1 && share > 0.995) return '> 99%';
  return `${Math.round(share * 100)}%`;
}

export function monthWords(month: number | null): string {
  if (month === null) return 'not in 36 months';
  return month === 0 ? 'at once' : `month ${month}`;
}

const UNITS: Record<RoiUnit, [one: string, many: string]> = {
  usd: ['', ''],
  'usd/hour': [' an hour', ' an hour'],
  'usd/month': [' a month', ' a month'],
  hours: [' hour', ' hours'],
  'hours/month': [' hour a month', ' hours a month'],
  minutes: [' minute', ' minutes'],
  seconds: [' second', ' seconds'],
  share: ['', ''],
  'days/year': [' day a year', ' days a year'],
  'events/year': [' a year', ' a year'],
  'calls/day': [' call a day', ' calls a day'],
  'prompts/day': [' a day', ' a day'],
  calls: [' call', ' calls'],
  people: [' person', ' people'],
  tokens: [' token', ' tokens'],
  tools: [' tool', ' tools'],
  turns: [' turn', ' turns'],
};

/** A value with its unit: `30 seconds`, `12%`, `$95 an hour`. */
export function amount(value: number, unit: RoiUnit, figures = 2): string {
  const text = bare(value, unit, figures);
  return `${text}${UNITS[unit][text === '1' ? 0 : 1]}`;
}

/** The same without the words of the unit, for where they stand once. */
export function bare(value: number, unit: RoiUnit, figures = 2): string {
  if (unit.startsWith('usd')) return money(value, figures);
  return unit === 'share' ? `${digits(value * 100, figures)}%` : digits(value, figures);
}

/** What stands over values without their unit: `seconds`, `share`, `US dollars an hour`. */
export function unitWords(unit: RoiUnit): string {
  if (unit === 'share') return 'share';
  return unit.startsWith('usd')
    ? `US dollars${UNITS[unit][1]}`
    : unit === 'events/year'
      ? 'times a year'
      : UNITS[unit][1].trim();
}

/** `8 – 30 – 180 seconds`, or the one value where all are equal. */
export function rangeWords({ low, likely, high }: RoiRange, unit: RoiUnit): string {
  return low === high ? amount(likely, unit) : `${bare(low, unit)} to ${amount(high, unit)}`;
}

/** In so many figures where it is small, with thousands apart where it is not. */
function digits(value: number, figures: number): string {
  const text = String(value < 100 ? Number(value.toPrecision(figures)) : Math.round(Number(value.toPrecision(3))));
  return /^\d+$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text;
}
