import type { AuditMetricsReport } from '../../model/audit-metrics.ts';
import { isPartial, metricTables, NOTHING_OF, unreadWords } from '../audit-metrics-words.ts';
import { columns } from '../columns.ts';
import type { Format, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { count, prose } from '../words.ts';
import { wrap } from '../wrap.ts';

/** Each metric with what it means, week by week. */
export const format: Format<AuditMetricsReport> = (report, context) => {
  const { since, until, logs, errors } = report;
  const calls = logs.reduce((sum, log) => sum + log.calls, 0);
  const head = [
    { text: `${count(calls, 'call')} in ${count(logs.length, 'log')}`, style: 'strong' },
    ` from ${since} to ${until}`,
  ] as const;
  const notes = [
    ...(isPartial(report) ? ['* the period holds only a part of this week'] : []),
    ...unreadWords(report),
  ].flatMap((note) => wrap([prose(note)], { ...context, first: ['  '], rest: ['  '] }));
  return [
    `${wrap(head, { ...context, rest: ['  '] }).join('\n')}\n`,
    ...metricTables(report).map((table) => `${sectionOf(table, report, context).join('\n')}\n`),
    ...(notes.length > 0 ? [`${notes.join('\n')}\n`] : []),
    ...(errors.length > 0 ? [renderProblems(errors, context)] : []),
  ].join('\n');
};

function sectionOf(
  { id, head, rows }: ReturnType<typeof metricTables>[number],
  { definitions }: AuditMetricsReport,
  context: ReportContext,
): string[] {
  const definition = definitions.find((each) => each.id === id);
  const { title = id, unit = '', counts = '', tells = '' } = definition ?? {};
  const said = (text: string) =>
    wrap([{ text: prose(text), style: 'dim' }], { ...context, first: ['  '], rest: ['  '] });
  return [
    ...wrap([{ text: title, style: 'strong' }, ` (${unit})`], { ...context, rest: ['  '] }),
    ...said(counts),
    ...said(tells),
    '',
    ...(rows.length > 0 ? columns(head, rows, context) : [`  ${NOTHING_OF[id]}`]),
  ];
}
