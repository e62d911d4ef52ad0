import { measure } from '../../../audit/metrics/measure.ts';
import { questionsIn } from '../../../audit/questions.ts';
import { formats } from '../../../report/audit-metrics/formats.generated.ts';
import { asked } from '../../audit-asked.ts';
import { periodOf } from '../../audit-period.ts';
import { auditState } from '../../audit-places.ts';
import { paintFor } from '../../color.ts';
import type { Run } from '../../command.ts';
import { EXIT } from '../../exit.ts';
import { logsHere } from '../../logs-here.ts';
import { tellProblems } from '../../tell-problems.ts';

/** `stakes audit metrics`. */
export const run: Run = asked('metrics', async ({ arguments: paths, options }, io) => {
  const period = periodOf(options, Date.now());
  const logs = logsHere(paths, io);
  const wrong = [...('code' in period ? [period] : []), ...(logs.state === 'ok' ? [] : logs.problems)];
  if ('code' in period || logs.state !== 'ok') {
    await tellProblems(wrong, String(options.color), io);
    return EXIT.usage;
  }
  const state = auditState(io);
  const report = measure(
    logs.value.map(({ name, files }) => ({ log: name, files })),
    state === undefined ? [] : questionsIn(state),
    period,
  );
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() }));
  if (report.errors.length > 0) return EXIT.usage;
  const calls = report.logs.reduce((sum, each) => sum + each.calls, 0);
  if (calls === 0 && report.questions.answered === 0) {
    io.err(logs.value.length === 0 ? 'there are no records here\n' : 'no call was recorded in this time\n');
    return EXIT.nothing;
  }
  return EXIT.clean;
});
