import type { CallFilter } from '../audit/query/filter.ts';
import { moment } from '../audit/query/moment.ts';
import type { Invocation } from './command.ts';
import { listOf, textOf } from './options.ts';

/** A text: what is wrong with them. */
export function filterOf(options: Invocation['options'], now: number): CallFilter | string {
  const times: Partial<Record<'since' | 'until', string>> = {};
  for (const end of ['since', 'until'] as const) {
    const text = textOf(options[end]);
    if (text === undefined) continue;
    const at = moment(text, now, end);
    if (at === undefined)
      return `\`--${end} ${text}\` is no time: write 90d, 12h, 30m, 2w, 2026-11-01 or 2026-11-01T08:00:00Z`;
    times[end] = at;
  }
  if (times.since !== undefined && times.until !== undefined && times.since >= times.until)
    return `\`--since\` (${times.since}) is not before \`--until\` (${times.until})`;
  const digests = listOf(options.arguments).map((text) => /^(?:sha256:)?([0-9a-f]{8,64})$/.exec(text)?.[1]);
  if (digests.includes(undefined)) return '`--arguments` takes `sha256:` and at least eight hexadecimal digits';
  return {
    agents: listOf(options.agent),
    tools: listOf(options.tool),
    servers: listOf(options.server),
    sessions: listOf(options.session),
    decisions: listOf(options.decision),
    rules: listOf(options.rule),
    approvers: listOf(options.approver),
    outcomes: listOf(options.outcome),
    digests: digests.map((digits) => `sha256:${digits}`),
    since: times.since,
    until: times.until,
  };
}
