import type { Problem } from '../model/place.ts';
import type { OptionSpec } from './command.ts';

/** Milliseconds since 1970; the second one is not part of it. */
export interface Period {
  since: number;
  until: number;
}

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY };
/** A hundred years: what is further from now is a slip of the hand. */
const MOST = 36_525 * DAY;

export const PERIOD_FLAGS: OptionSpec[] = [
  {
    flags: '--since <time>',
    description: 'from then on: 90d, 12h, 2026-08-01 or 2026-08-01T12:00:00Z; a length counts back from the end',
    default: '90d',
  },
  { flags: '--until <time>', description: 'up to then; a day counts as a whole one (default: now)' },
];

/** What `--since` and `--until` say, in UTC. */
export function periodOf(options: Readonly<Record<string, unknown>>, now: number): Period | Problem {
  const until = typeof options.until === 'string' ? timeOf(options.until, now, DAY) : now;
  if (until === undefined) return wrong('--until', String(options.until));
  const since = timeOf(String(options.since ?? '90d'), until, 0);
  if (since === undefined) return wrong('--since', String(options.since));
  if (since < until) return { since, until };
  return {
    code: 'empty-period',
    message: 'the period ends before it begins',
    help: 'give `--since` an earlier time than `--until`',
  };
}

/** `end`: milliseconds by which a day is later than its beginning. */
function timeOf(text: string, from: number, end: number): number | undefined {
  const [, number, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const day = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text);
  const at =
    number !== undefined
      ? from - Number(number) * (UNITS[unit] ?? 0)
      : day
        ? Date.parse(`${text}T00:00:00Z`) + end
        : isTime
          ? Date.parse(text)
          : Number.NaN;
  if (Number.isNaN(at) || Math.abs(at - from) > MOST) return undefined;
  // A 31st of February becomes a day of March, which nobody meant.
  return day && new Date(at - end).toISOString().slice(0, 10) !== text ? undefined : at;
}

const wrong = (flag: string, text: string): Problem => ({
  code: 'bad-time',
  message: `\`${flag} ${text.slice(0, 60)}\` is no time`,
  help: 'such as `90d`, `12h`, `2026-08-01` or `2026-08-01T12:00:00Z`',
});
