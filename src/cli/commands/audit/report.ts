import { readCalls } from '../../../audit/query/calls.ts';
import { wanted } from '../../../audit/query/filter.ts';
import { summarizing } from '../../../audit/report/summarize.ts';
import { AUDIT_SUMMARY_SCHEMA, type AuditSummaryReport } from '../../../model/audit-summary.ts';
import { formats } from '../../../report/audit-report/formats.generated.ts';
import { asked } from '../../audit-asked.ts';
import { filterOf } from '../../audit-options.ts';
import { logsFor } from '../../audit-places.ts';
import { policiesFor } from '../../audit-policies.ts';
import { codeOf, readLogs, tellOf } from '../../audit-reading.ts';
import { paintFor } from '../../color.ts';
import type { Run } from '../../command.ts';
import { EXIT } from '../../exit.ts';
import { listOf } from '../../options.ts';

/** `stakes audit report [paths…]`. */
export const run: Run = asked('report', async ({ arguments: paths, options }, io) => {
  const filter = filterOf(options, Date.now());
  if (typeof filter === 'string') {
    io.err(`error: ${filter}\n`);
    return EXIT.usage;
  }
  const { logs, errors, where } = logsFor(paths, io);
  const known = policiesFor(listOf(options.policy), io);
  const summary = summarizing(known.policies, filter.agents);
  const keys = listOf(options.key);
  const checks = { verify: options.verify === true || keys.length > 0, keys };
  const read = await readLogs(
    logs,
    checks,
    (log, reading) => readCalls(log, { wants: wanted(filter), take: summary.add, ...reading }),
    io,
  );
  read.errors.unshift(...errors, ...known.errors);
  const report: AuditSummaryReport = {
    schema: AUDIT_SUMMARY_SCHEMA,
    since: filter.since ?? null,
    until: filter.until ?? null,
    ...summary.end(),
    ...read,
  };
  const { format } = await formats[options.format as keyof typeof formats]();
  if (read.logs.length > 0 || options.format === 'json')
    io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() }));
  tellOf(read, io, where);
  return codeOf(read);
});
