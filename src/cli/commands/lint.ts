import { dirname, join } from 'node:path';
import type { Layer } from '../../config/parse.ts';
import { BASELINE_FILE, baselineText } from '../../lint/baseline.ts';
import { ENGINE_RULES } from '../../lint/meta.ts';
import { fails, shownOf, type Threshold } from '../../lint/select.ts';
import { shownAs } from '../../manifest/paths.ts';
import { LINT_SCHEMA, type LintView, type RuleMeta } from '../../model/finding.ts';
import { formats } from '../../report/lint/formats.generated.ts';
import { renderProblems } from '../../report/problems.ts';
import type { Rule } from '../../rules/define.ts';
import { redactAll } from '../../source/secrets.ts';
import { writeWhole } from '../../source/write-whole.ts';
import { type Collected, collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, strongest } from '../exit.ts';
import { lintOptions, textOf } from '../lint-options.ts';
import { findBaseline, type LintSettings, lintRun, pathFrom } from '../linting.ts';
import { writeOutputs } from '../outputs.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const asked = lintOptions(options);
  if ('wrong' in asked) {
    io.err(`error: ${asked.wrong}\n`);
    return EXIT.usage;
  }
  const { agents, problems, texts, frames, organisation, broken } = await collect(paths, io, options);
  if (broken) {
    io.err(
      renderProblems(problems, {
        paint: await paintFor(String(options.color), io),
        columns: io.columns,
        texts: frames,
      }),
    );
    return EXIT.usage;
  }
  if (agents.length === 0 && problems.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  if (options.listInputs === true) {
    const inputs = [...agents.map(({ file }) => file), ...problems.map(({ file, place }) => place?.file ?? file ?? '')];
    io.out([...new Set(inputs)].map((file) => `${file}\n`).join(''));
    return EXIT.clean;
  }
  const baseline = options.baseline === false ? undefined : findBaseline(textOf(options.baseline), io.cwd);
  if (baseline?.read && baseline.read.state !== 'ok' && !asked.writeBaseline) {
    io.err(
      renderProblems(baseline.read.problems, {
        paint: await paintFor(String(options.color), io),
        columns: io.columns,
        texts,
      }),
    );
    return EXIT.usage;
  }
  const by = organisation || options.printConfig === true ? await import('../../lint/config/config.ts') : undefined;
  if (by && options.printConfig === true) {
    const first = agents[0]?.file ?? '.';
    const path = organisation?.pathIn(first) ?? first;
    io.out(redactAll(by.configText(organisation, [...asked.rules, ...ENGINE_RULES], path)));
    return EXIT.clean;
  }
  const layers = organisation?.layers ?? [];
  const settings: LintSettings = {
    config: organisation && by ? { organisation, by } : undefined,
    everything: paths.length === 0 && layers.at(-1)?.folder === io.cwd,
    rules: asked.rules,
    ignores: options.ignores !== false,
    baseline: baseline?.read?.state === 'ok' && !asked.writeBaseline ? baseline.read.value : undefined,
    base: dirname(baseline?.file ?? join(io.cwd, 'none')),
    cwd: io.cwd,
  };
  const complaints: string[] = [];
  let looked: Collected = { agents, problems, texts };
  if (asked.fix !== undefined) {
    if (paths.includes('-')) {
      io.err('error: standard input cannot be mended; name a file\n');
      return EXIT.usage;
    }
    const { mend, writeMended } = await import('../fixing.ts');
    const mended = mend(paths, looked, asked.fix, settings);
    for (const { finding, reason } of mended.fixed.dropped)
      io.err(`not mended: ${finding.rule} at ${finding.file}${finding.pointer}: ${reason}\n`);
    if (asked.diff) {
      io.out(mended.changed.map(({ diff }) => `${diff}\n`).join(''));
      return mended.changed.length > 0 ? EXIT.findings : EXIT.clean;
    }
    for (const change of mended.changed) {
      const complaint = writeMended(change, looked, io.cwd);
      if (complaint === undefined) io.err(`mended: ${change.file}\n`);
      else complaints.push(complaint);
    }
    looked = complaints.length === 0 ? mended.collected : looked;
  }
  const ran = lintRun(looked, settings);
  if (asked.writeBaseline) {
    const file = baseline?.file ?? join(io.cwd, BASELINE_FILE);
    writeWhole(file, baselineText(ran.unheld, pathFrom(settings)), { mode: 0o644, exact: true, flushed: true });
    io.err(`wrote ${shownAs(file, io.cwd)}\n`);
    return EXIT.clean;
  }
  const threshold = { ...asked.threshold, failOn: asked.threshold.failOn ?? failOnOf(layers) };
  const findings = shownOf(ran.findings, threshold);
  const files = new Set([...agents.map(({ file }) => file), ...problems.map(({ file, place }) => place?.file ?? file)]);
  // Formats rely on it: nothing that looks like a secret is in the report.
  const view: LintView = redactAll({
    schema: LINT_SCHEMA,
    findings,
    summary: { files: files.size, ignored: ran.ignored.length, baselined: ran.baselined.length },
    errors: [],
    rules: [...asked.rules.map(metaOf), ...ENGINE_RULES].sort((one, other) => (one.id < other.id ? -1 : 1)),
  });
  const context = {
    paint: await paintFor(String(options.color), io),
    columns: io.columns,
    texts: new Map([...frames, ...looked.texts]),
  };
  const { format } = await formats[asked.format]();
  io.out(format(view, context));
  complaints.push(...(await writeOutputs(asked.outputs, formats, view, { ...context, cwd: io.cwd })));
  for (const complaint of complaints) io.err(`error: ${complaint}\n`);
  return strongest([
    complaints.length > 0 ? EXIT.usage : EXIT.clean,
    fails(findings, threshold) ? EXIT.findings : EXIT.clean,
  ]);
};

function failOnOf(layers: readonly Layer[]): Threshold['failOn'] {
  return layers.findLast(({ config }) => config.failOn !== undefined)?.config.failOn ?? 'error';
}

function metaOf({ id, since, severity, direction, title, why, sources = [] }: Rule): RuleMeta {
  return { id, since, severity, direction, title, why, sources };
}
