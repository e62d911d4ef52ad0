import { moment } from '../audit/query/moment.ts';
import type { Problem } from '../model/place.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { textOf } from './options.ts';

/** Milliseconds since 1970; the second one is not part of it. */
export interface Period {
  since: number;
  until: number;
}

export const PERIOD_FLAGS: OptionSpec[] = [
  {
    flags: '--since <when>',
    description: 'from here on: 90d, 12h, 2026-11-01 or a time (RFC 3339); a length counts back from the end',
    default: '90d',
  },
  { flags: '--until <when>', description: 'up to here; a day is in it to its end, in UTC (default: now)' },
];

/** What `--since` and `--until` say. Both have an end, so that the same words give the same period again. */
export function periodOf(options: Invocation['options'], now: number): Period | Problem {
  const [from, to] = [textOf(options.since) ?? '90d', textOf(options.until)];
  const until = to === undefined ? now : Date.parse(moment(to, now, 'until') ?? '');
  if (Number.isNaN(until)) return wrong('--until', to ?? '');
  const since = Date.parse(moment(from, until, 'since') ?? '');
  if (Number.isNaN(since)) return wrong('--since', from);
  if (since < until) return { since, until };
  return {
    code: 'empty-period',
    message: 'the period ends before it begins',
    help: 'give `--since` an earlier time than `--until`',
  };
}

const wrong = (flag: string, text: string): Problem => ({
  code: 'bad-time',
  message: `\`${flag} ${text.slice(0, 60)}\` is no time`,
  help: 'write 90d, 12h, 30m, 2w, 2026-11-01 or 2026-11-01T08:00:00Z',
});
