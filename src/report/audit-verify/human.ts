import {
  type AuditVerifyReport,
  LOG_VERDICTS,
  type LogFinding,
  type LogSummary,
  type VerifiedLog,
} from '../../model/audit-report.ts';
import type { Format, Paint, ReportContext } from '../context.ts';
import { noteLines } from '../frames.ts';
import { renderProblems } from '../problems.ts';
import { heading, row } from '../row.ts';
import { shown } from '../shown.ts';
import { count, firstOf, prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

/** What was found, then what was read and whether that proves anything. */
export const format: Format<AuditVerifyReport> = ({ logs, errors, ...only }, context) => {
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  if (logs === undefined) return logBlocks(only, problems, context).join('\n');
  const all = logs.flatMap((each) => [
    `${context.paint.strong(shown(each.path, 1000))}\n`,
    ...logBlocks(each, [], context),
  ]);
  return [...all, ...problems, `${countsOf(logs)}\n`].join('\n');
};

/** `3 logs: 2 intact, 1 broken`. */
function countsOf(logs: readonly VerifiedLog[]): string {
  const counts = LOG_VERDICTS.flatMap((verdict) => {
    const of = logs.filter(({ log }) => log?.verdict === verdict).length;
    return of === 0 ? [] : [`${of} ${verdict}`];
  });
  const unread = logs.filter(({ log }) => log === null).length;
  return `${count(logs.length, 'log')}: ${[...counts, ...(unread === 0 ? [] : [`${unread} without records`])].join(', ')}`;
}

type One = Pick<AuditVerifyReport, 'log' | 'findings' | 'more'>;

/** Problems stand before what was read. */
function logBlocks({ log, findings, more }: One, problems: readonly string[], context: ReportContext): string[] {
  const blocks = findings.map((finding) => `${blockOf(finding, context).join('\n')}\n`);
  const left = more > 0 ? [`${count(more, 'more finding')} of this kind, not listed\n`] : [];
  const summary = log === null ? [] : [`${summaryOf(log, context).join('\n')}\n`];
  return [...blocks, ...left, ...problems, ...summary];
}

const SEVERITY: Record<LogFinding['severity'], keyof Paint> = { error: 'bad', warning: 'warn' };

function blockOf({ code, severity, message, file, line, help }: LogFinding, context: ReportContext): string[] {
  const head: Words = [
    { text: `${severity}[${code}]`, style: SEVERITY[severity] },
    { text: `: ${prose(shown(message))}`, style: 'strong' },
  ];
  return [
    ...wrap(head, { ...context, rest: ['  '] }),
    `  ${context.paint.note('-->')} ${shown(file, 1000)}${line === null ? '' : `:${line}`}`,
    ...(help === undefined ? [] : noteLines('help', [prose(shown(help))], 2, context)),
  ];
}

const VERDICTS: Record<LogSummary['verdict'], { style: keyof Paint; says: string }> = {
  intact: { style: 'good', says: 'every line is as it was written, under a key that you trust' },
  unproven: {
    style: 'warn',
    says: 'nothing is wrong in itself, but anybody can write such a log: give the key with `--key`',
  },
  unfinished: { style: 'warn', says: 'what is signed is as it was written, and the end is not signed' },
  broken: { style: 'bad', says: 'this log is not as it was written' },
};

function summaryOf(log: LogSummary, context: ReportContext): string[] {
  const { style, says } = VERDICTS[log.verdict];
  const line = (label: string, text: string) => row({ label: { text: label }, text: [prose(text)] }, context);
  const keys = firstOf(log.keys, 3);
  const { intents, outcomes, lines, files, size, signed } = log;
  return [
    ...wrap([{ text: log.verdict.toUpperCase(), style }, `: ${prose(says)}`], { ...context, rest: ['  '] }),
    '',
    ...heading([{ text: shown(log.origin ?? 'a log without a name', 200), style: 'strong' }], context),
    ...line(
      'holds',
      `${count(intents, 'call')} and ${count(outcomes, 'outcome')}, in ${count(lines, 'line')} of ${count(files, 'file')}`,
    ),
    ...(log.first === null ? [] : line('from', `${log.first} to ${log.last}`)),
    ...(log.verdict === 'broken' ? [] : line('signed', signed === size ? 'every line' : `${signed} of ${size} lines`)),
    ...keys.items.flatMap(({ key, trusted, signatures }) =>
      line('by', `${shown(key, 300)} (${count(signatures, 'signature')}, ${trusted ? 'trusted' : 'not given'})`),
    ),
    ...(keys.more > 0 ? line('', `and ${count(keys.more, 'more key')}`) : []),
    ...(log.checkpoint === null || log.verdict === 'broken' ? [] : checkpointLines(log.checkpoint, context)),
  ];
}

function checkpointLines(note: string, context: ReportContext): string[] {
  const size = note.split('\n')[1] ?? '';
  const text = `of ${size} lines: keep it elsewhere (\`-f note\` prints it), and \`--checkpoint\` shows later whether anything was cut off`;
  return row({ label: { text: 'checkpoint' }, text: [prose(text)] }, context);
}
