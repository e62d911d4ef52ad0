import { dirname, join, relative, resolve, sep } from 'node:path';
import { assess } from '../../assess/assess.ts';
import { checkBundle, type Verdict } from '../../bundle/check.ts';
import { standingOf, writeBundle } from '../../bundle/disk.ts';
import { planBundle } from '../../bundle/plan.ts';
import { type Agent, agentsOf } from '../../manifest/tree.ts';
import type { Problem } from '../../model/place.ts';
import { buildPolicy } from '../../policy/build.ts';
import { generateHuman, generateJson } from '../../report/generate.ts';
import type { GenerateReport, GenerateResult } from '../../report/generate-report.ts';
import { renderProblems } from '../../report/problems.ts';
import { didYouMean } from '../../source/suggest.ts';
import type { Target } from '../../targets/define.ts';
import { targets } from '../../targets/registry.generated.ts';
import { collect } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const { agents, problems, texts } = await collect(paths, io);
  const chosen = chooseTargets(options.target);
  if ('unknown' in chosen) {
    io.err(`error: there is no target \`${chosen.unknown}\`${chosen.help ? `; ${chosen.help}` : ''}\n`);
    return EXIT.usage;
  }
  const roots = rootsOf(agents);
  const faults = [...problems, ...twins(roots, options.out)];
  const report: GenerateReport = { schema: 'stakes/generate@1', results: [], errors: faults };
  // One invalid file stops everything: half a set of policies is worse than the old ones.
  const prepared = faults.length > 0 ? [] : roots.map((root) => prepare(root, chosen.targets, options.out, io));
  report.errors.push(...prepared.flatMap((item) => item.problems));
  if (report.errors.length === 0) {
    const blocked =
      options.check === true || options.force === true
        ? []
        : prepared.filter((item) => item.standing.edited.length > 0);
    const write = options.check !== true && options.dryRun !== true && blocked.length === 0;
    for (const item of prepared) report.results.push(resultOf(item, { write, blocked: blocked.includes(item) }));
  }
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts };
  if (options.format === 'json') io.out(generateJson(report));
  else {
    if (report.errors.length > 0) io.err(renderProblems(report.errors, context));
    io.out(generateHuman(report, { ...context, check: options.check === true, dryRun: options.dryRun === true }));
  }
  if (roots.length === 0 && report.errors.length === 0) {
    io.err('no agent manifest here (*.agent.yaml, agent.yaml)\n');
    return EXIT.nothing;
  }
  return strongest([
    report.errors.length > 0 ? EXIT.usage : EXIT.clean,
    ...report.results.map((result) => codeOf(result, options)),
  ]);
};

interface Prepared {
  problems: Problem[];
  plan: ReturnType<typeof planBundle>;
  standing: ReturnType<typeof standingOf>;
  verdict: Verdict;
  shown: string;
  file: string;
}

function prepare(root: Agent, only: Target[] | undefined, out: unknown, io: Io): Prepared {
  const beside = root.file === '<stdin>' ? io.cwd : dirname(resolve(io.cwd, root.file));
  const folder = join(typeof out === 'string' ? resolve(io.cwd, out) : join(beside, '.stakes'), root.id);
  const assessment = assess(root);
  const policy = buildPolicy(root, assessment);
  const empty = { folder, lock: undefined, edited: [], gone: [], outdated: [] };
  if (policy.state !== 'ok') {
    return {
      problems: policy.problems,
      plan: undefined as never,
      standing: empty,
      verdict: { state: 'missing', files: [] },
      shown: '',
      file: root.file,
    };
  }
  const all = planBundle(assessment, policy.value, only ?? targets);
  const before = standingOf(folder, all);
  const kept = only ?? keptTargets(before.lock?.targets);
  const plan = kept.length === (only ?? targets).length ? all : planBundle(assessment, policy.value, kept);
  const standing = plan === all ? before : standingOf(folder, plan);
  const shown = (relative(io.cwd, folder) || '.').split(sep).join('/');
  return { problems: [], plan, standing, verdict: checkBundle(plan, standing), shown, file: root.file };
}

/** A bundle that was made for some targets stays with those until it is told otherwise. */
function keptTargets(locked: Record<string, number> | undefined): Target[] {
  const known = targets.filter(({ id }) => locked !== undefined && id in locked);
  return known.length > 0 ? known : targets;
}

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
    notes: plan.policy.notes,
  };
}

function codeOf(result: GenerateResult, options: Record<string, unknown>): ExitCode {
  if (result.blocked.length > 0) return EXIT.usage;
  if (options.check !== true || result.state === 'fresh') return EXIT.clean;
  return result.state === 'emitter-newer' && options.strict !== true ? EXIT.clean : EXIT.findings;
}

function chooseTargets(
  list: unknown,
): { targets: Target[] | undefined } | { unknown: string; help: string | undefined } {
  if (typeof list !== 'string') return { targets: undefined };
  const ids = list.split(',').map((id) => id.trim());
  if (ids.includes('all')) return { targets };
  const known = targets.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) return { unknown, help: didYouMean(unknown, [...known, 'all']) };
  // The policy is what the other files are checked against, so it is always there.
  return { targets: targets.filter(({ id }) => id === 'policy' || ids.includes(id)) };
}

/** Agents that no other collected agent hands work to: the others are part of their caller's bundle. */
function rootsOf(agents: Agent[]): Agent[] {
  const below = new Set(agents.flatMap((agent) => agentsOf(agent).slice(1)));
  return agents.filter((agent) => !below.has(agent));
}

/** Two agents that would be written to the same folder. */
function twins(roots: Agent[], out: unknown): Problem[] {
  const folderOf = (agent: Agent) => (typeof out === 'string' ? agent.id : join(dirname(agent.file), agent.id));
  return roots
    .filter((agent, i) => roots.findIndex((other) => folderOf(other) === folderOf(agent)) < i)
    .map((agent) => {
      const place = agent.place('/agent/id', 'value');
      const message = `another agent here has the id \`${agent.id}\` and would be written to the same folder`;
      return { code: 'duplicate-agent', message, help: 'rename one', ...(place ? { place } : { file: agent.file }) };
    });
}
