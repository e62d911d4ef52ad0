import { assess } from '../../assess/assess.ts';
import { stakes } from '../../report/command-line.ts';
import { overview } from '../../report/overview.ts';
import { renderProblems } from '../../report/problems.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit.ts';
import { configFlags } from '../options.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const { agents, problems, frames: texts } = await collect(paths, io, options);
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts };
  if (problems.length > 0) io.err(renderProblems(problems, context));
  if (agents.length === 0) {
    if (problems.length > 0) return EXIT.usage;
    io.err(`${nothingFound(paths)}\`stakes --help\` shows the commands\n`);
    return EXIT.nothing;
  }
  const assessments = agents.map(assess);
  io.out(overview(assessments, context));
  const open = assessments.find(({ questions, controls }) => questions.length > 0 || controls.missing.length > 0);
  io.out(`\nnext: ${stakes('assess', (open ?? assessments[0])?.file ?? '', configFlags(options))}\n`);
  return problems.length > 0 ? EXIT.usage : EXIT.clean;
};
