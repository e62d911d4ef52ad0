import { resolve } from 'node:path';
import { changesFile } from '../../apply/change.ts';
import { commit } from '../../apply/commit.ts';
import { stateIn } from '../../apply/state.ts';
import type { Problem } from '../../model/place.ts';
import { applyHuman, applyJson, diffHuman } from '../../report/apply.ts';
import type { ApplyItem, ApplyReport } from '../../report/apply-report.ts';
import type { ReportContext } from '../../report/context.ts';
import { renderProblems } from '../../report/problems.ts';
import { shown } from '../../report/shown.ts';
import { readText } from '../../source/read.ts';
import { type ApplyOptions, applyOptions } from '../apply-options.ts';
import { type Planned, planApply, type Work } from '../applying.ts';
import { canAsk, confirm } from '../ask.ts';
import { rootsOf, twins } from '../bundles.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';
import { configFlags, givenOf } from '../options.ts';
import { isAllowed, refusals } from '../organisation.ts';
import { planCheck, planUndo } from '../taking-back.ts';

export const run: Run = async ({ arguments: paths, options: given }, io) => {
  const asked = applyOptions(given);
  if ('wrong' in asked) {
    io.err(`error: ${asked.wrong}\n`);
    return EXIT.usage;
  }
  const { agents, problems, frames: texts, organisation } = await collect(paths, io, given);
  const allows = (target: { id: string }) => isAllowed(target, organisation);
  const options: ApplyOptions = {
    ...asked,
    only: asked.mode === 'undo' ? asked.only : asked.only?.filter(allows),
    allows,
  };
  // What is not allowed any more still has to come out again.
  const refused = asked.mode === 'undo' ? [] : refusals(asked.named, organisation);
  const roots = rootsOf(agents);
  const faults = [...problems, ...refused, ...twins(roots, options.out)];
  const planned: Planned =
    faults.length > 0 ? { works: [], problems: faults } : PLANS[options.mode](roots, options, io);
  const report: ApplyReport = {
    schema: 'stakes/apply@1',
    results: planned.works.map(({ result }) => result),
    errors: planned.problems,
  };
  const context = {
    paint: await paintFor(String(given.color), io),
    columns: io.columns,
    texts: withTexts(texts, report.errors, io.cwd),
  };
  const human = given.format !== 'json';
  // One fault stops everything: half of what was asked is something that nobody asked for.
  const isCancelled =
    report.errors.length === 0 && (await carryOut(planned.works, report.errors, { options, human, context, io }));
  if (human) {
    if (report.errors.length > 0) io.err(renderProblems(report.errors, context));
    const shared = { ...givenOf(given, ['target', 'as', 'to', 'out']), ...configFlags(given) };
    io.out(applyHuman(report, { ...context, mode: options.mode, dryRun: options.dryRun, given: shared }));
  } else io.out(applyJson(report));
  if (roots.length === 0 && report.errors.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  return strongest([
    isCancelled ? EXIT.cancelled : EXIT.clean,
    ...report.errors.map(({ code }) =>
      options.mode === 'check' && code === 'stale-bundle' ? EXIT.findings : EXIT.usage,
    ),
    options.mode === 'check' ? checkCode(report) : EXIT.clean,
  ]);
};

const PLANS = {
  apply: (roots, options, io) => planApply(roots, options, io.cwd),
  undo: planUndo,
  check: planCheck,
} satisfies Record<ApplyOptions['mode'], (roots: ReturnType<typeof rootsOf>, options: ApplyOptions, io: Io) => Planned>;

interface Manner {
  options: ApplyOptions;
  human: boolean;
  context: ReportContext;
  io: Io;
}

/** Shows, asks and writes, one file after the other; true: a person stopped it. */
async function carryOut(
  works: readonly Work[],
  errors: Problem[],
  { options, human, context, io }: Manner,
): Promise<boolean> {
  const state = stateIn(io.env);
  for (const { site, changes } of works) {
    for (const { item, change } of changes) {
      if (human) io.out(diffHuman(item, context));
      if (options.dryRun) continue;
      if (changesFile(change) && !options.yes) {
        if (!human || !canAsk(io)) {
          errors.push(needsYes(item));
          continue;
        }
        const answer = await confirm(
          io,
          `${options.mode === 'undo' ? 'change back' : 'change'} \`${shown(item.path)}\`?`,
        );
        if (answer !== 'yes') {
          item.state = 'declined';
          return true;
        }
      }
      const problem = commit(change, { bundle: site.bundle, state });
      if (problem) errors.push(problem);
      else if (options.mode === 'undo') item.state = 'undone';
      else if (item.state === 'pending') item.state = 'applied';
    }
  }
  return false;
}

function needsYes({ path }: ApplyItem): Problem {
  const message = `nothing was written to \`${path}\`: there is no terminal to ask on`;
  return { code: 'needs-yes', message, help: 'look at the diff, then run again with `--yes`', file: path };
}

function checkCode({ results }: ApplyReport): ExitCode {
  const states = results.flatMap(({ items }) => items.map(({ state }) => state));
  if (states.length === 0) return EXIT.nothing;
  return states.every((state) => state === 'holds') ? EXIT.clean : EXIT.findings;
}

/** Problems of settings files are shown with their lines too. */
function withTexts(texts: ReadonlyMap<string, string>, problems: readonly Problem[], cwd: string): Map<string, string> {
  const all = new Map(texts);
  for (const { place } of problems) {
    if (!place || all.has(place.file)) continue;
    const text = readText(resolve(cwd, place.file), place.file);
    if (text.state === 'ok') all.set(place.file, text.value);
  }
  return all;
}
