import type { TuneReport } from '../../model/tune.ts';
import { shown } from '../../report/shown.ts';
import { formats } from '../../report/tune/formats.generated.ts';
import { redactAll } from '../../source/secrets.ts';
import { tune } from '../../tune/tune.ts';
import { asked } from '../audit-asked.ts';
import { collect, type Gathered, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Invocation, Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';
import { listOf } from '../options.ts';
import { outputsOf, writeOutputs } from '../outputs.ts';
import { tellProblems } from '../tell-problems.ts';
import { givenFor } from '../tuning.ts';

/** `stakes tune [paths…] --records log`. */
export const run: Run = asked('tune', async ({ arguments: paths, options }, io) => {
  const wrong = misused(paths, options);
  const outputs = outputsOf(listOf(options.output), formats);
  if (wrong !== undefined || 'wrong' in outputs) {
    io.err(`error: ${wrong ?? ('wrong' in outputs ? outputs.wrong : '')}\n`);
    return EXIT.usage;
  }
  const gathered = await collect(paths, io, options);
  if (gathered.problems.length > 0) return refuse(gathered.problems, gathered.frames);
  if (gathered.agents.length === 0) {
    io.err(nothingFound(paths));
    return EXIT.nothing;
  }
  const frames = new Map(gathered.frames);
  const given = await givenFor(gathered.agents, options, io, frames);
  if (given.state !== 'ok') return refuse(given.problems, frames);
  const tuned = tune({ ...given.value, roots: gathered.agents, texts: gathered.texts });
  if (tuned.state !== 'ok') return refuse(tuned.problems, gathered.frames);
  const report = redactAll(tuned.value.report);
  const context = {
    paint: await paintFor(String(options.color), io),
    columns: io.columns,
    texts: gathered.frames,
  };
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(report, context));
  const complaints = await writeOutputs(outputs.outputs, formats, report, { ...context, cwd: io.cwd });
  for (const complaint of complaints) io.err(`error: ${complaint}\n`);
  tellLogs(report, given.value.where, io);
  const missing = listOf(options.only).filter(
    (id) => ![...report.proposals, ...report.held].some((each) => each.id === id),
  );
  for (const id of missing)
    io.err(`error: there is no proposal \`${shown(id, 200)}\`, or it needs another one that was not named\n`);
  const isMisread = complaints.length + missing.length > 0;
  const codes = [codeOf(report, options.check === true), ...(isMisread ? [EXIT.usage] : [])];
  if (report.errors.length + missing.length > 0 || report.proposals.length === 0) return strongest(codes);
  if (options.diff !== true && options.write !== true) {
    if (options.format === 'human') io.err('to write this into the manifests, run the same command with --write\n');
    return strongest(codes);
  }
  return strongest([...codes, await write(paths, gathered, tuned.value, options, io)]);

  async function refuse(problems: TuneReport['errors'], texts: ReadonlyMap<string, string>): Promise<ExitCode> {
    await tellProblems(problems, String(options.color), io, texts);
    return EXIT.usage;
  }
});

function misused(paths: readonly string[], { write, diff, check }: Invocation['options']): string | undefined {
  if (paths.includes('-')) return 'standard input cannot be tuned; name a file';
  if (write === true && diff === true) return '`--write` writes and `--diff` does not; leave one out';
  if (write === true && check === true) return '`--write` writes and `--check` does not; leave one out';
  return undefined;
}

async function write(
  paths: readonly string[],
  gathered: Gathered,
  { report, roots }: { report: TuneReport; roots: Parameters<typeof import('../tune-writing.ts').writingOf>[3] },
  options: Invocation['options'],
  io: Io,
): Promise<ExitCode> {
  const { writingOf, writeTuned } = await import('../tune-writing.ts');
  const writing = writingOf(paths, gathered, report, roots, io.cwd);
  if (typeof writing === 'string') {
    io.err(`error: nothing was written: ${writing}\n`);
    return EXIT.usage;
  }
  if (options.write === true) return writeTuned(writing, gathered, options.yes === true, io);
  io.err(writing.changed.map(({ diff }) => `${diff}\n`).join(''));
  return EXIT.clean;
}

/** What the records themselves are, on standard error. */
function tellLogs({ logs, remarks, agents }: TuneReport, where: string, io: Io): void {
  for (const { severity, code, message, file, line, count } of remarks)
    io.err(
      `${severity}[${code}]: ${shown(message)} (${shown(file, 1000)}${line === null ? '' : `:${line}`}${count > 1 ? `, and ${count - 1} more` : ''})\n`,
    );
  for (const { path, verdict } of logs) {
    const says = SAYS[verdict];
    if (says !== undefined) io.err(`${verdict}: \`${shown(path, 1000)}\` ${says}\n`);
  }
  if (logs.length === 0) io.err(`there are no records in ${where}\n`);
  else if (agents.every(({ calls }) => calls === 0))
    io.err(
      `no call of ${agents.map(({ agent }) => `\`${shown(agent, 64)}\``).join(', ')} is in these records in this time\n`,
    );
}

const SAYS: Partial<Record<TuneReport['logs'][number]['verdict'], string>> = {
  broken: 'is not as it was written, so nothing is proposed because of it; `stakes audit verify` says more',
  unfinished: 'is not signed to its end; what no signature covers speaks for nothing',
  unproven: 'is not verified: it has no fault in itself, but whoever can write it can have made it up. Give `--key`',
  'not-verified': 'holds no records',
};

function codeOf({ agents, proposals, errors }: TuneReport, check: boolean): ExitCode {
  const codes: ExitCode[] = [EXIT.clean];
  if (errors.length > 0) codes.push(EXIT.usage);
  if (agents.every(({ calls }) => calls === 0)) codes.push(EXIT.nothing);
  if (agents.some(({ trust }) => trust === 'broken')) codes.push(EXIT.findings);
  if (check && proposals.length > 0) codes.push(EXIT.findings);
  return strongest(codes);
}
