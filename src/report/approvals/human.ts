import type { ApprovalsReport, WaitingCall } from '../../model/approvals.ts';
import type { Format, ReportContext } from '../context.ts';
import { shown } from '../shown.ts';
import { prose } from '../words.ts';
import { wrap } from '../wrap.ts';

/** Every character of the arguments counts: nothing is cut, and what cannot be seen is written out. */
export const format: Format<ApprovalsReport> = ({ waiting }, context) =>
  waiting.length === 0
    ? 'nothing waits for a person\n'
    : waiting.map((call) => `${blockOf(call, context).join('\n')}\n`).join('\n');

function blockOf(call: WaitingCall, { columns, paint }: ReportContext): string[] {
  const head = [
    { text: call.id, style: 'strong' },
    { text: `  ${shown(call.agent)} wants to call \`${shown(call.tool)}\`` },
  ] as const;
  const why = [{ text: prose(shown(call.because)), style: 'dim' }] as const;
  const lines = JSON.stringify(call.arguments ?? {}, null, 2).split('\n');
  return [
    ...wrap(head, { columns, paint, rest: ['        '] }),
    ...wrap(why, { columns, paint, first: ['        '], rest: ['        '] }),
    ...lines.map((line) => `        ${shown(line, Number.POSITIVE_INFINITY)}`),
    `        ${paint.dim(`until ${call.until}, then it is refused`)}`,
  ];
}
