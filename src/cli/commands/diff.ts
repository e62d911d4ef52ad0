import type { DiffReport } from '../../model/diff.ts';
import { compareTiers } from '../../model/tiers.ts';
import { formats } from '../../report/diff/formats.generated.ts';
import { renderProblems } from '../../report/problems.ts';
import { redactAll } from '../../source/secrets.ts';
import { nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { comparisonOf } from '../comparison.ts';
import { EXIT, strongest } from '../exit.ts';
import { listOf } from '../options.ts';
import { outputsOf, writeOutputs } from '../outputs.ts';
import type { FAIL_ON } from './diff.spec.ts';

export const run: Run = async ({ arguments: [base = '', head], options }, io) => {
  const outputs = outputsOf(listOf(options.output), formats);
  if ('wrong' in outputs) {
    io.err(`error: ${outputs.wrong}\n`);
    return EXIT.usage;
  }
  const compared = await comparisonOf([base, head], options, io);
  const paint = await paintFor(String(options.color), io);
  if (compared.state !== 'ok') {
    io.err(renderProblems(compared.problems, { paint, columns: io.columns, texts: new Map() }));
    return EXIT.usage;
  }
  const { report, texts, isBroken } = compared.value;
  if (report.agents.length === 0 && report.errors.length === 0) {
    io.err(nothingFound([]));
    return EXIT.nothing;
  }
  const view = redactAll(report);
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(view, { paint, columns: io.columns, texts }));
  const complaints = await writeOutputs(outputs.outputs, formats, view, {
    paint,
    columns: io.columns,
    texts,
    cwd: io.cwd,
  });
  for (const complaint of complaints) io.err(`error: ${complaint}\n`);
  const failed = listOf(options.failOn).some((what) => FAILS[what as (typeof FAIL_ON)[number]](report));
  return strongest([complaints.length > 0 || isBroken ? EXIT.usage : EXIT.clean, failed ? EXIT.findings : EXIT.clean]);
};

const FAILS: Record<(typeof FAIL_ON)[number], (report: DiffReport) => boolean> = {
  // An agent that is new rises from nothing; from what could not be read, nobody knows.
  'tier-up': ({ agents }) =>
    agents.some(
      ({ change, tier: { base, head } }) =>
        head !== null && (base !== null || change === 'added') && compareTiers(head, base ?? 'light') > 0,
    ),
  'new-under': ({ agents, findings }) =>
    [...agents.flatMap((agent) => agent.findings.new), ...findings.new].some(
      ({ direction, severity }) => direction === 'under' && severity !== 'note',
    ),
  loosened: ({ agents, ignores, loosened, silenced }) =>
    [...agents.map((agent) => agent.ignores), ignores].some(
      ({ new: added, wider }) => added.length + wider.length > 0,
    ) || loosened.length + silenced.length > 0,
};
