import { writeBundle } from '../../bundle/disk.ts';
import { generateHuman, generateJson } from '../../report/generate.ts';
import type { GenerateReport, GenerateResult } from '../../report/generate-report.ts';
import { renderProblems } from '../../report/problems.ts';
import { didYouMean } from '../../source/suggest.ts';
import type { Target } from '../../targets/define.ts';
import { targets } from '../../targets/registry.generated.ts';
import { diskProblem, type Prepared, prepare, rootsOf, twins } from '../bundles.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import { configFlags, givenOf } from '../options.ts';
import { isAllowed, refusals } from '../organisation.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const { agents, problems, frames: texts, organisation } = await collect(paths, io, options);
  const chosen = chooseTargets(options.target);
  if ('unknown' in chosen) {
    io.err(`error: there is no target \`${chosen.unknown}\`${chosen.help ? `; ${chosen.help}` : ''}\n`);
    return EXIT.usage;
  }
  const roots = rootsOf(agents);
  const refused = organisation ? refusals(chosen.named, organisation) : [];
  const faults = [...problems, ...refused, ...twins(roots, outOf(options.out))];
  const report: GenerateReport = { schema: 'stakes/generate@1', results: [], errors: faults };
  // One invalid file stops everything: half a set of policies is worse than the old ones.
  const prepared: Prepared[] = [];
  for (const root of faults.length > 0 ? [] : roots) {
    const made = prepare(root, {
      only: chosen.targets,
      allows: (target) => isAllowed(target, organisation),
      out: outOf(options.out),
      cwd: io.cwd,
    });
    if (made.state === 'ok') prepared.push(made.value);
    else report.errors.push(...made.problems);
  }
  if (report.errors.length === 0) {
    const blocked =
      options.check === true || options.force === true
        ? []
        : prepared.filter((item) => item.standing.edited.length > 0);
    const write = options.check !== true && options.dryRun !== true && blocked.length === 0;
    for (const item of prepared) {
      try {
        const result = resultOf(item, { write, blocked: blocked.includes(item) });
        report.results.push(result);
        if (options.check !== true || !item.standing.lock?.installed) continue;
        const { holds, problems } = (await import('../installing.ts')).holdsOf(item, io.cwd);
        result.installed = holds.map(({ destination, state }) => ({ path: destination.shown, state }));
        report.errors.push(...problems);
      } catch (error) {
        report.errors.push(diskProblem(error, item.shown, item.file));
      }
    }
  }
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts };
  if (options.format === 'json') io.out(generateJson(report));
  else {
    if (report.errors.length > 0) io.err(renderProblems(report.errors, context));
    const given = { ...givenOf(options, ['target', 'out', 'force']), ...configFlags(options) };
    io.out(
      generateHuman(report, { ...context, check: options.check === true, dryRun: options.dryRun === true, given }),
    );
  }
  if (roots.length === 0 && report.errors.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  return strongest([
    report.errors.length > 0 ? EXIT.usage : EXIT.clean,
    ...report.results.map((result) => codeOf(result, options)),
  ]);
};

function resultOf(
  { plan, standing, verdict, shown, file }: Prepared,
  { write, blocked }: { write: boolean; blocked: boolean },
): GenerateResult {
  const written = write ? writeBundle(standing.folder, plan, standing) : [];
  return {
    file,
    agent: plan.agent,
    folder: shown,
    tier: plan.policy.tier,
    state: verdict.state,
    stale: verdict.files,
    blocked: blocked ? standing.edited : [],
    written: written.length,
    files: plan.files.map(({ path }) => path),
    targets: plan.losses.map(({ target, losses }) => ({
      id: target.id,
      title: target.title,
      proof: target.proof,
      losses,
    })),
    gaps: plan.gaps,
    notAllowed: plan.lock.notAllowed ?? [],
    notes: plan.policy.notes,
    installed: [],
  };
}

function codeOf(result: GenerateResult, options: Record<string, unknown>): ExitCode {
  if (result.blocked.length > 0) return EXIT.usage;
  if (result.installed.some(({ state }) => state !== 'holds')) return EXIT.findings;
  if (options.check !== true || result.state === 'fresh') return EXIT.clean;
  return result.state === 'emitter-newer' && options.strict !== true ? EXIT.clean : EXIT.findings;
}

interface Chosen {
  /** Undefined: those that the bundle has. */
  targets: Target[] | undefined;
  /** Those that were asked for by name. */
  named: Target[];
}

function chooseTargets(list: unknown): Chosen | { unknown: string; help: string | undefined } {
  if (typeof list !== 'string') return { targets: undefined, named: [] };
  const ids = list.split(',').map((id) => id.trim());
  const known = targets.map(({ id }) => id);
  const unknown = ids.find((id) => id !== 'all' && !known.includes(id));
  if (unknown !== undefined) return { unknown, help: didYouMean(unknown, [...known, 'all']) };
  const named = targets.filter(({ id }) => ids.includes(id));
  if (ids.includes('all')) return { targets, named };
  // The policy is what the other files are checked against, so it is always there.
  return { targets: targets.filter(({ id }) => id === 'policy' || ids.includes(id)), named };
}

function outOf(option: unknown): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
