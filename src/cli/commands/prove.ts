import { delimiter, dirname, resolve } from 'node:path';
import type { Problem } from '../../model/place.ts';
import { type AgentProof, type EngineProof, PROOF_SCHEMA, type ProofReport } from '../../model/proof.ts';
import { type Found, findEngine } from '../../prove/find.ts';
import { proveWith } from '../../prove/prove.ts';
import { provers } from '../../prove/registry.generated.ts';
import { type Flags, stakes } from '../../report/command-line.ts';
import { renderProblems } from '../../report/problems.ts';
import { formats } from '../../report/prove/formats.generated.ts';
import { didYouMean } from '../../source/suggest.ts';
import type { Prover } from '../../targets/prover.ts';
import { type Prepared, prepare, rootsOf, twins } from '../bundles.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';
import { configFlags, givenOf } from '../options.ts';
import { isAllowed, refusals } from '../organisation.ts';

const POLICY = 'policy.json';

interface Chosen {
  target: string;
  prover: Prover;
}

export const run: Run = async ({ arguments: paths, options }, io) => {
  const all = await Promise.all(provers.map(async ({ target, load }) => ({ target, prover: (await load()).prover })));
  const asked = readOptions(options, all);
  if ('wrong' in asked) {
    io.err(`error: ${asked.wrong}\n`);
    return EXIT.usage;
  }
  const { agents, problems, frames: texts, organisation } = await collect(paths, io, options);
  const out = typeof options.out === 'string' ? options.out : undefined;
  const where = { ...givenOf(options, ['out']), ...configFlags(options) };
  const roots = rootsOf(agents);
  const errors: Problem[] = [...problems, ...refusals(asked.named, organisation), ...twins(roots, out)];
  const subjects: { prepared: Prepared; project: string }[] = [];
  for (const root of errors.length > 0 ? [] : roots) {
    const made = prepare(root, {
      only: undefined,
      allows: (target) => isAllowed(target, organisation),
      out,
      cwd: io.cwd,
    });
    if (made.state !== 'ok') errors.push(...made.problems);
    else if (made.value.verdict.state === 'missing') errors.push(notGenerated(made.value, where));
    else subjects.push({ prepared: made.value, project: resolve(io.cwd, dirname(root.file)) });
  }
  const report: ProofReport = {
    schema: PROOF_SCHEMA,
    date: new Date().toISOString().slice(0, 10),
    platform: `${process.platform} ${process.arch}`,
    results: [],
  };
  const search = engineSearch(asked.engines, io);
  for (const { prepared, project } of errors.length > 0 ? [] : subjects) {
    report.results.push(await proofOf(prepared, project, asked.chosen, search, io));
  }
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts };
  const { format } = await formats[options.format as keyof typeof formats]();
  if (errors.length > 0 && options.format !== 'json') io.err(renderProblems(errors, context));
  io.out(format({ ...report, errors }, context));
  if (roots.length === 0 && errors.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  return strongest([errors.length > 0 ? EXIT.usage : EXIT.clean, codeOf(report, asked.required)]);
};

type Search = (prover: Prover, project: string) => Promise<Found>;

/** Each engine is looked for once for a project, and asked for its version once. */
function engineSearch(given: ReadonlyMap<string, string>, io: Io): Search {
  const known = new Map<string, Promise<Found>>();
  return (prover, project) => {
    const key = `${prover.engine}${delimiter}${project}`;
    const found = known.get(key) ?? findEngine(prover, { project, cwd: io.cwd, path: io.env.PATH ?? '', given });
    known.set(key, found);
    return found;
  };
}

async function proofOf(
  { plan, standing, shown, file }: Prepared,
  project: string,
  chosen: readonly Chosen[],
  search: Search,
  io: Io,
): Promise<AgentProof> {
  const engines: EngineProof[] = [];
  const installed = new Set(Object.keys(standing.lock?.installed ?? {}));
  const subject = { plan, folder: standing.folder, project, installed };
  for (const { target, prover } of chosen) {
    if (!plan.losses.some((entry) => entry.target.id === target)) continue;
    const found = await search(prover, project);
    if (io.stdoutIsTty && found.state === 'found') io.err(`${plan.agent}: ${prover.title} ${found.engine.version} …\n`);
    engines.push(...(await proveWith(target, prover, found, subject)));
  }
  const policy = standing.outdated.includes(POLICY) ? null : (plan.lock.files[POLICY] ?? null);
  return { file, agent: plan.agent, folder: shown, policy, engines };
}

function notGenerated({ shown, file }: Prepared, where: Flags): Problem {
  return {
    code: 'not-generated',
    message: `there is nothing to prove: \`${shown}\` has not been generated`,
    help: `run \`${stakes('generate', file, where)}\` first`,
    file,
  };
}

function codeOf({ results }: ProofReport, required: readonly string[]): ExitCode {
  const proofs = results.flatMap(({ engines }) => engines);
  if (proofs.some(({ state }) => state === 'failed')) return EXIT.findings;
  const isMissing = (name: string) => !proofs.some(({ engine, state }) => engine === name && state === 'proven');
  const unproven = (name: string) => proofs.some(({ engine, state }) => engine === name && state !== 'proven');
  if (results.length > 0 && required.some((name) => isMissing(name) || unproven(name))) return EXIT.findings;
  return proofs.some(({ state }) => state === 'proven') ? EXIT.clean : EXIT.nothing;
}

type Asked =
  | { wrong: string }
  | {
      chosen: Chosen[];
      /** Targets that were asked for by name. */
      named: { id: string }[];
      engines: ReadonlyMap<string, string>;
      required: readonly string[];
    };

function readOptions(options: Record<string, unknown>, all: readonly Chosen[]): Asked {
  const names = all.map(({ prover }) => prover.engine);
  const unknown = (kind: string, name: string, known: readonly string[]): string => {
    const help = didYouMean(name, [...known]);
    return `there is no ${kind} \`${name}\` to prove${help ? `; ${help}` : ` (${known.join(', ')})`}`;
  };
  const required = listOf(options.require);
  const strange = required.find((name) => !names.includes(name));
  if (strange !== undefined) return { wrong: unknown('engine', strange, names) };
  const only = listOf(options.target);
  const targets = all.map(({ target }) => target);
  const other = only.find((id) => !targets.includes(id));
  if (other !== undefined) return { wrong: unknown('target', other, targets) };
  const engines = new Map<string, string>();
  for (const pair of Array.isArray(options.engine) ? (options.engine as string[]) : []) {
    const cut = pair.indexOf('=');
    const name = pair.slice(0, cut);
    if (cut < 1 || cut === pair.length - 1) return { wrong: `\`--engine ${pair}\` is not of the form \`name=path\`` };
    if (!names.includes(name)) return { wrong: unknown('engine', name, names) };
    engines.set(name, pair.slice(cut + 1));
  }
  const chosen = all.filter(({ target }) => only.length === 0 || only.includes(target));
  return { chosen, named: only.map((id) => ({ id })), engines, required };
}

function listOf(option: unknown): string[] {
  return typeof option === 'string'
    ? option
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : [];
}
