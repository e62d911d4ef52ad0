import { INIT_SCHEMA, type InitReport } from '../../model/init.ts';
import type { Problem } from '../../model/place.ts';
import { stakes } from '../../report/command-line.ts';
import { formats } from '../../report/init/formats.generated.ts';
import { summaryLines } from '../../report/init-words.ts';
import { shown } from '../../report/shown.ts';
import type { Answers } from '../../wizard/question.ts';
import { faultsIn, idleIn, missingFrom } from '../../wizard/session.ts';
import { canAsk } from '../ask.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit.ts';
import { type Conversation, converse } from '../init-converse.ts';
import { draftFor, dropDraft } from '../init-draft.ts';
import { givenAnswers, notAsked } from '../init-given.ts';
import { startingFrom } from '../init-start.ts';

export const run: Run = async ({ arguments: [folder = '.'], options }, io) => {
  const { answers: given, problems, ...asked } = await givenAnswers(options, io);
  const draft = options.resume === true ? draftFor(folder, io) : 'none';
  const mode = typeof draft === 'string' ? asked.mode : draft.mode;
  const { start, plans, problems: nowhere, remarks } = await startingFrom(mode, folder, io);
  const report: InitReport = { schema: INIT_SCHEMA, mode, answers: {}, repeat: '', result: null, errors: [] };
  const context = {
    paint: await paintFor(String(options.color), io),
    columns: io.columns,
    texts: new Map<string, string>(),
  };
  const show = async () => {
    const { format } = await formats[String(options.format) as keyof typeof formats]();
    const text = format(report, context);
    if (report.result || options.format === 'json') io.out(text);
    else io.err(text);
  };
  const refuse = async (errors: readonly Problem[]) => {
    report.errors.push(...errors);
    // What could not be carried out is no result.
    report.result = null;
    await show();
    return EXIT.usage;
  };
  const asks = new Set(start.questions.map(({ id }) => id));
  const strange = [...given.keys()].filter((id) => !asks.has(id)).map((id) => notAsked(id, mode));
  const wrong = faultsIn(start, given).map(({ id, fault }) => answerProblem(id, fault));
  const noDraft = options.resume === true && typeof draft === 'string' ? [draftProblem(draft)] : [];
  const faults = [
    ...problems,
    ...strange,
    ...nowhere,
    ...(problems.length + strange.length > 0 ? [] : wrong),
    ...noDraft,
  ];
  if (faults.length > 0) return refuse(faults);
  const earlier = stillGood(typeof draft === 'string' ? new Map() : draft.answers, given, start);
  for (const id of idleIn(start, given)) io.err(`note: \`--${id}\` changes nothing: the file says so already\n`);
  const missing = missingFrom(start, new Map([...given, ...earlier]));
  if (missing.length > 0 && !canAsk(io)) return refuse([missingProblem(missing)]);
  const talk: Conversation = {
    start,
    plans,
    given,
    earlier,
    mode,
    folder,
    options,
    io,
    context,
    isAsked: missing.length > 0,
  };
  if (remarks > 0)
    io.err(
      `some of the files here are not as they should be: ${stakes('import', folder, { 'dry-run': true })} tells what\n\n`,
    );
  if (earlier.size > 0) io.err(`going on after your answers to ${[...earlier.keys()].join(', ')}\n\n`);
  const outcome = await converse(talk, report, (result) => {
    io.err(`\n${summaryLines(result, context).join('\n')}\n`);
  });
  if (outcome.state === 'cancelled') {
    io.err(
      `\nstopped; nothing was written${outcome.kept === undefined ? ', and your answers are kept: stakes init --resume' : `, and your answers could not be kept: ${shown(outcome.kept)}`}\n`,
    );
    return EXIT.cancelled;
  }
  if (outcome.state === 'refused') return refuse(outcome.problems);
  if (outcome.isAsked) io.err('\n');
  await show();
  if (outcome.isAsked && report.result?.state === 'declined') io.err('your answers are kept: stakes init --resume\n');
  else if (outcome.isAsked) dropDraft(folder, io);
  return outcome.goesOn ? (await import('./generate.ts')).run(outcome.goesOn, io) : EXIT.clean;
};

function stillGood(answers: Answers, given: Answers, start: Conversation['start']): Answers {
  const bad = new Set(faultsIn(start, new Map([...answers, ...given])).map(({ id }) => id));
  return new Map([...answers].filter(([id]) => !bad.has(id) && !given.has(id)));
}

function answerProblem(id: string, fault: string): Problem {
  return {
    code: 'bad-answer',
    message: `\`--${id}\`: ${fault}`,
    help: '`stakes init --help` lists what can be answered',
  };
}

function draftProblem(state: 'none' | 'broken'): Problem {
  return state === 'none'
    ? { code: 'no-draft', message: 'there is nothing to go on with for this folder', help: 'start with `stakes init`' }
    : {
        code: 'broken-draft',
        message: 'the answers that were kept cannot be read',
        help: 'start again with `stakes init`',
      };
}

function missingProblem(missing: readonly string[]): Problem {
  const flags = missing.map((id) => `\`--${id}\``).join(', ');
  const message = `there is no terminal to ask on, and these answers are missing: ${flags}`;
  return {
    code: 'missing-answers',
    message,
    help: 'give them as flags or in a file (`--answers`); `unknown` leaves one open',
  };
}
