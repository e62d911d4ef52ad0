import { dirname, join } from 'node:path';
import { diskComplaint } from '../../bundle/disk.ts';
import type { Layer } from '../../config/parse.ts';
import { BASELINE_FILE, baselineText } from '../../lint/baseline.ts';
import { ENGINE_RULES } from '../../lint/meta.ts';
import { fails, shownOf, type Threshold } from '../../lint/select.ts';
import { shownAs } from '../../manifest/paths.ts';
import { type Finding, LINT_SCHEMA, type LintView, type RuleMeta } from '../../model/finding.ts';
import type { Loaded, Problem } from '../../model/place.ts';
import type { Paint, ReportContext } from '../../report/context.ts';
import { formats } from '../../report/lint/formats.generated.ts';
import { renderProblems } from '../../report/problems.ts';
import type { Rule } from '../../rules/define.ts';
import { redactAll } from '../../source/secrets.ts';
import { writeWhole } from '../../source/write-whole.ts';
import { type Collected, collect, type Gathered, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Invocation, Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';
import { type LintOptions, lintOptions } from '../lint-options.ts';
import { findBaseline, type LintRun, type LintSettings, lintRun, pathFrom } from '../linting.ts';
import { type Mending, mendFirst } from '../mending.ts';
import { textOf } from '../options.ts';
import { writeOutputs } from '../outputs.ts';
import type { Trusted } from '../trusting.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const asked = lintOptions(options);
  if ('wrong' in asked) {
    io.err(`error: ${asked.wrong}\n`);
    return EXIT.usage;
  }
  const unusable = async (problems: readonly Problem[], texts: ReportContext['texts']) => {
    const paint = await paintFor(String(options.color), io);
    io.err(renderProblems(problems, { paint, columns: io.columns, texts }));
    return EXIT.usage;
  };
  const trusted = await trustedIn(options, io);
  if (trusted && trusted.state !== 'ok') return unusable(trusted.problems, new Map());
  const gathered = await collect(paths, io, options, trusted?.value.from);
  const { agents, problems, organisation } = gathered;
  if (gathered.broken) return unusable(problems, gathered.frames);
  if (agents.length === 0 && problems.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  if (options.listInputs === true) {
    io.out(inputsOf(gathered).join(''));
    return EXIT.clean;
  }
  const baseline =
    options.baseline === false ? undefined : findBaseline(textOf(options.baseline), io.cwd, trusted?.value.from);
  if (baseline?.read && baseline.read.state !== 'ok' && !asked.writeBaseline)
    return unusable(baseline.read.problems, gathered.texts);
  const by = organisation || options.printConfig === true ? await import('../../lint/config/config.ts') : undefined;
  if (by && options.printConfig === true) {
    const first = agents[0]?.file ?? '.';
    const path = organisation?.pathIn(first) ?? first;
    io.out(redactAll(by.configText(organisation, [...asked.rules, ...ENGINE_RULES], path)));
    return EXIT.clean;
  }
  const settings: LintSettings = {
    config: organisation && by ? { organisation, by } : undefined,
    everything: paths.length === 0 && organisation?.layers.at(-1)?.folder === io.cwd,
    rules: asked.rules,
    ignores: options.ignores !== false,
    baseline: baseline?.read?.state === 'ok' && !asked.writeBaseline ? baseline.read.value : undefined,
    base: dirname(baseline?.file ?? join(io.cwd, 'none')),
    cwd: io.cwd,
    ...(trusted ? { trusts: trusted.value.trusts((file) => !gathered.texts.has(file)) } : {}),
  };
  const mended = await mendFirst(paths, asked, gathered, settings, io);
  if ('code' in mended) return mended.code;
  const ran = lintRun(mended.looked, settings);
  if (asked.writeBaseline) {
    const file = baseline?.file ?? join(io.cwd, BASELINE_FILE);
    const before = baseline?.read?.state === 'ok' ? baseline.read.value : undefined;
    return keepBaseline(file, baselineText(ran.unheld, pathFrom(settings), before), mended, io);
  }
  return report({ asked, gathered, mended, ran, paint: await paintFor(String(options.color), io) }, io);
};

/** What could not be mended is said here too: no report follows. */
function keepBaseline(file: string, text: string, mended: Mending, io: Io): ExitCode {
  const complaints = [...mended.complaints];
  const name = shownAs(file, io.cwd);
  try {
    writeWhole(file, text, { mode: 0o644, exact: true, flushed: true });
    io.err(`wrote ${name}\n`);
  } catch (error) {
    complaints.push(`\`${name}\` cannot be written: ${diskComplaint(error)}`);
  }
  return complain(complaints, io);
}

function complain(complaints: readonly string[], io: Io): ExitCode {
  for (const complaint of complaints) io.err(`error: ${complaint}\n`);
  return complaints.length > 0 ? EXIT.usage : EXIT.clean;
}

/** The revision that was named to be trusted; undefined: none. */
async function trustedIn(options: Invocation['options'], io: Io): Promise<Loaded<Trusted> | undefined> {
  const name = textOf(options.trust);
  if (name === undefined) return undefined;
  const { trustedBy } = await import('../trusting.ts');
  return trustedBy(name, options, io);
}

interface Linting {
  asked: LintOptions;
  gathered: Gathered;
  mended: Mending;
  ran: LintRun;
  paint: Paint;
}

async function report({ asked, gathered, mended, ran, paint }: Linting, io: Io): Promise<ExitCode> {
  const threshold = {
    ...asked.threshold,
    failOn: asked.threshold.failOn ?? failOnOf(gathered.organisation?.layers ?? []),
  };
  const view = viewOf(shownOf(ran.findings, threshold), ran, asked.rules, gathered);
  const context = {
    paint,
    columns: io.columns,
    texts: new Map([...gathered.frames, ...mended.looked.texts]),
  };
  const { format } = await formats[asked.format]();
  io.out(format(view, context));
  const complaints = [
    ...mended.complaints,
    ...(await writeOutputs(asked.outputs, formats, view, { ...context, cwd: io.cwd })),
  ];
  return strongest([complain(complaints, io), fails(view.findings, threshold) ? EXIT.findings : EXIT.clean]);
}

function inputsOf({ agents, problems }: Collected): string[] {
  const files = [...agents.map(({ file }) => file), ...problems.map(({ file, place }) => place?.file ?? file ?? '')];
  return [...new Set(files)].map((file) => `${file}\n`);
}

function viewOf(
  findings: Finding[],
  { ignored, baselined }: LintRun,
  rules: readonly Rule[],
  { agents, problems }: Collected,
): LintView {
  const files = new Set([...agents.map(({ file }) => file), ...problems.map(({ file, place }) => place?.file ?? file)]);
  // Formats rely on it: nothing that looks like a secret is in the report.
  return redactAll({
    schema: LINT_SCHEMA,
    findings,
    summary: { files: files.size, ignored: ignored.length, baselined: baselined.length },
    errors: [],
    rules: [...rules.map(metaOf), ...ENGINE_RULES].sort((one, other) => (one.id < other.id ? -1 : 1)),
  });
}

function failOnOf(layers: readonly Layer[]): Threshold['failOn'] {
  return layers.findLast(({ config }) => config.failOn !== undefined)?.config.failOn ?? 'error';
}

function metaOf({ id, since, severity, direction, title, why, sources = [] }: Rule): RuleMeta {
  return { id, since, severity, direction, title, why, sources };
}
