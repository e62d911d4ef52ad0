import type { AuditMetricsReport } from '../../model/audit-metrics.ts';
import { isPartial, metricTables, NOTHING_OF, unreadWords } from '../audit-metrics-words.ts';
import type { Format } from '../context.ts';
import { markdown, table } from '../markdown-text.ts';
import { count } from '../words.ts';

/** For a page or a pull request. */
export const format: Format<AuditMetricsReport> = (report) => {
  const { since, until, logs, definitions, errors } = report;
  const calls = logs.reduce((sum, log) => sum + log.calls, 0);
  const sections = metricTables(report).flatMap(({ id, head, rows }) => {
    const definition = definitions.find((each) => each.id === id);
    return [
      '',
      `## ${definition?.title ?? id}`,
      '',
      `In ${definition?.unit ?? ''}. ${markdown(definition?.counts ?? '')}`,
      '',
      markdown(definition?.tells ?? ''),
      ...(rows.length > 0
        ? table(
            head,
            rows.map((row) => row.map(markdown)),
          )
        : ['', `${NOTHING_OF[id]}.`]),
    ];
  });
  const notes = [...(isPartial(report) ? ['\\* The period holds only a part of this week.'] : [])];
  const left = [...unreadWords(report), ...errors.map(({ message }) => message)].map((note) => `- ${markdown(note)}`);
  return `${[
    '# Metrics of the records',
    '',
    `${count(calls, 'call')} in ${count(logs.length, 'log')}, from ${since} to ${until}.`,
    ...sections,
    ...notes.flatMap((note) => ['', note]),
    ...(left.length > 0 ? ['', '## Not counted', '', ...left] : []),
  ].join('\n')}\n`;
};
