import { resolve } from 'node:path';
import { assess } from '../../assess/assess.ts';
import { stakes } from '../../report/command-line.ts';
import { overview, type Undescribed } from '../../report/overview.ts';
import { renderProblems } from '../../report/problems.ts';
import { onDisk } from '../../source/files.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { configFlags } from '../options.ts';

const NOTHING_NEXT =
  'next: `stakes init` writes one from a few questions; `stakes init --quick` asks three and writes nothing\n';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const { agents, problems, frames: texts } = await collect(paths, io, options);
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts };
  if (problems.length > 0) io.err(renderProblems(problems, context));
  const undescribed = await undescribedIn(paths, io);
  if (agents.length === 0 && undescribed.length === 0) {
    if (problems.length > 0) return EXIT.usage;
    io.err(`${nothingFound(paths)}${NOTHING_NEXT}`);
    return EXIT.nothing;
  }
  const assessments = agents.map(assess);
  io.out(overview(assessments, undescribed, context));
  if (undescribed.length > 0) {
    const [path] = paths;
    const [imports, asks] =
      path === undefined ? ['stakes import', 'stakes init'] : [stakes('import', path), stakes('init', path)];
    io.out(`\nnext: ${imports}\n  or: ${asks}, which also asks what these files do not say\n`);
    return problems.length > 0 ? EXIT.usage : EXIT.clean;
  }
  const open = assessments.find(({ questions, controls }) => questions.length > 0 || controls.missing.length > 0);
  io.out(`\nnext: ${stakes('assess', (open ?? assessments[0])?.file ?? '', configFlags(options))}\n`);
  return problems.length > 0 ? EXIT.usage : EXIT.clean;
};

/** Agents that files of other tools describe and no manifest does, as an import would have them. */
async function undescribedIn(paths: readonly string[], io: Io): Promise<Undescribed[]> {
  const { importedFrom, assessed } = await import('../importing.ts');
  const folders = paths.filter((path) => onDisk.isFolder(resolve(io.cwd, path)));
  if (folders.length < paths.length) return [];
  const { planned } = importedFrom(folders, { out: undefined }, io);
  const fresh = planned.filter(({ state, draft }) => state === 'new' && !draft.isSubagent);
  const all = assessed(planned, io.cwd);
  return fresh.flatMap((plan) => {
    const assessment = all.get(plan.shown);
    return assessment ? [{ assessment, sources: plan.draft.files }] : [];
  });
}
