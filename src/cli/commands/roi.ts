import { type Agent, agentsOf } from '../../manifest/tree.ts';
import { ROI_MONTHS, type RoiReport } from '../../model/roi.ts';
import { formats } from '../../report/roi/formats.generated.ts';
import { estimate } from '../../roi/estimate.ts';
import { NOTHING_GIVEN } from '../../roi/given.ts';
import { redactAll } from '../../source/secrets.ts';
import { collect, nothingFound } from '../collect.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import { configFlags, textOf } from '../options.ts';
import { findRoiInputs } from '../roi-inputs.ts';
import { tellProblems } from '../tell-problems.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const draws = whole(textOf(options.draws), 100, 100_000);
  const seed = whole(textOf(options.seed), 0, 0xffffffff);
  if (draws === undefined) return usage(io.err, '`--draws` must be a whole number from 100 to 100000');
  if (seed === undefined) return usage(io.err, '`--seed` must be a whole number from 0 to 4294967295');
  const frames = new Map<string, string>();
  const inputs = await findRoiInputs(options, io.cwd, frames);
  // With other figures than those that somebody wrote, every line would be wrong.
  if (inputs.state !== 'ok') {
    await tellProblems(inputs.problems, String(options.color), io, frames);
    return EXIT.usage;
  }
  const { agents, problems, frames: manifests } = await collect(paths, io, options);
  const texts = new Map([...frames, ...manifests]);
  const { apart, counted } = countedOnce(agents);
  const report: RoiReport = {
    schema: 'stakes/roi@1',
    seed,
    draws,
    months: ROI_MONTHS,
    against: 'no control at all: every tool runs unasked, nothing is bounded or recorded, credentials live on',
    results: apart.map((agent) => estimate(agent, inputs.value?.given(agent.id) ?? NOTHING_GIVEN, { draws, seed })),
    counted,
    errors: problems,
  };
  if (options.init === true && agents.length > 0 && problems.length === 0)
    return (await import('../roi-init.ts')).writeDraft(report.results, options.yes === true, io);
  const { format } = await formats[options.format as keyof typeof formats]();
  const paint = await paintFor(String(options.color), io);
  io.out(format(redactAll(report), { paint, columns: io.columns, texts, where: configFlags(options) }));
  const codes: ExitCode[] = [problems.length > 0 ? EXIT.usage : EXIT.clean];
  if (agents.length === 0 && problems.length === 0) {
    io.err(nothingFound(paths));
    codes.push(EXIT.nothing);
  }
  return strongest(codes);
};

/** An agent that another one starts is priced with it, and not a second time by itself. */
function countedOnce(agents: readonly Agent[]): { apart: Agent[]; counted: RoiReport['counted'] } {
  const counted: RoiReport['counted'] = [];
  const apart = agents.filter((agent) => {
    const above = agents.find((other) => other !== agent && agentsOf(other).includes(agent));
    if (above) counted.push({ agent: agent.id, with: above.id });
    return !above;
  });
  return { apart, counted };
}

function whole(text: string | undefined, least: number, most: number): number | undefined {
  const number = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function usage(err: (text: string) => void, message: string): ExitCode {
  err(`error: ${message}\n`);
  return EXIT.usage;
}
