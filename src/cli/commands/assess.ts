import { assess } from '../../assess/assess.ts';
import type { AssessmentReport } from '../../model/assessment.ts';
import { compareTiers, TIERS } from '../../model/tiers.ts';
import { formats } from '../../report/assess/formats.generated.ts';
import { shown } from '../../report/shown.ts';
import { redactAll } from '../../source/secrets.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import { configFlags } from '../options.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const { agents, problems, frames: texts } = await collect(paths, io, options);
  const report: AssessmentReport = { schema: 'stakes/assessment@1', results: agents.map(assess), errors: problems };
  const { format } = await formats[options.format as keyof typeof formats]();
  // Before the format escapes anything: an escaped secret has another shape.
  const paint = await paintFor(String(options.color), io);
  io.out(format(redactAll(report), { paint, columns: io.columns, texts, where: configFlags(options) }));

  const codes: ExitCode[] = [problems.length > 0 ? EXIT.usage : EXIT.clean];
  if (agents.length === 0 && problems.length === 0) {
    io.err(nothingFound(paths));
    codes.push(EXIT.nothing);
  }
  const limit = TIERS.find((tier) => tier === options.maxTier);
  for (const { agent, tier, file } of report.results) {
    if (limit === undefined || compareTiers(tier, limit) <= 0) continue;
    io.err(`${shown(file)}: \`${agent}\` is ${tier}, above --max-tier ${limit}\n`);
    codes.push(EXIT.findings);
  }
  return strongest(codes);
};
