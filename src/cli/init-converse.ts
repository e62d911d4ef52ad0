import type { InitMode, InitReport, InitResult } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import type { ReportContext } from '../report/context.ts';
import { type Start, standingOf } from '../wizard/flow.ts';
import type { Answers } from '../wizard/question.ts';
import { talk } from '../wizard/session.ts';
import { canAsk, confirm } from './ask.ts';
import type { Invocation } from './command.ts';
import { askerFor } from './init-asking.ts';
import { keepDraft } from './init-draft.ts';
import { wantedFiles } from './init-manifest.ts';
import { fullResult, quickResult, repeatOf } from './init-result.ts';
import type { SourceFile } from './init-start.ts';
import { writeFiles } from './init-write.ts';
import type { Io } from './io.ts';
import { textOf } from './options.ts';
import { findOrganisation } from './organisation.ts';

export interface Conversation {
  start: Start;
  plans: ReadonlyMap<string, SourceFile>;
  given: Answers;
  earlier: Answers;
  mode: InitMode;
  folder: string;
  options: Invocation['options'];
  io: Io;
  context: ReportContext;
  /** Is there anything that a person has to be asked? */
  isAsked: boolean;
}

export type Outcome =
  /** `goesOn`: what `generate` is called with. */
  | { state: 'done'; isAsked: boolean; goesOn?: Invocation }
  /** `kept`: why the answers are not. */
  | { state: 'cancelled'; kept: string | undefined }
  | { state: 'refused'; problems: Problem[] };

/** From the first question to the last yes; `report` is filled in. */
export async function converse(
  conversation: Conversation,
  report: InitReport,
  preview: (result: InitResult) => void,
): Promise<Outcome> {
  const { start, given, mode, folder, options, io, context, isAsked } = conversation;
  const ask = isAsked
    ? await askerFor(io, { plain: options.plain === true, paint: context.paint })
    : async () => 'cancelled' as const;
  let kept: string | undefined;
  let { earlier } = conversation;
  for (;;) {
    const heard = await talk({
      ...{ start, given, earlier, ask },
      keep: (answers) => {
        earlier = new Map(answers);
        kept = keepDraft(folder, { mode, answers }, io);
      },
    });
    if (heard.state === 'cancelled') return { state: 'cancelled', kept };
    const { answers } = heard;
    const out = textOf(options.out);
    report.answers = Object.fromEntries(answers);
    report.repeat = repeatOf(answers, { quick: mode === 'quick', folder, ...(out === undefined ? {} : { out }) });
    const { now } = standingOf(start, answers);
    if (mode === 'quick') {
      report.result = quickResult(now);
      return { state: 'done', isAsked };
    }
    const done = await finish(conversation, answers, report, preview);
    if (done !== 'back') return done === 'cancelled' ? { state: 'cancelled', kept } : done;
    const said = [...earlier];
    const last = said.pop();
    // With nothing to go back to, the summary is shown again.
    if (last) earlier = new Map(said);
  }
}

async function finish(
  { start, plans, folder, options, io, isAsked }: Conversation,
  answers: Answers,
  report: InitReport,
  preview: (result: InitResult) => void,
): Promise<Outcome | 'back' | 'cancelled'> {
  const { now } = standingOf(start, answers);
  const organisation = await findOrganisation(options, io.cwd, new Map());
  if (organisation.state !== 'ok') return { state: 'refused', problems: organisation.problems };
  const found = start.found.find(({ id }) => id === answers.get('from'))?.agent;
  const wanted = wantedFiles(now, found, { out: textOf(options.out), folder, cwd: io.cwd, plans });
  if (wanted.state !== 'ok') return { state: 'refused', problems: wanted.problems };
  const known = fullResult(wanted.value, { cwd: io.cwd, completion: organisation.value?.completion });
  if ('problems' in known) return { state: 'refused', problems: known.problems };
  const text = wanted.value.map((file) => file.text).join('---\n');
  const result: InitResult = { ...known.result, file: wanted.value[0]?.shown ?? null, text, state: 'shown' };
  report.result = result;
  if (options.dryRun === true) return { state: 'done', isAsked };
  if (isAsked) preview(result);
  const written = await writeFiles(wanted.value, { io, yes: options.yes === true, asked: isAsked });
  if (written === 'back' || written === 'cancelled') return written;
  if (typeof written !== 'string') return { state: 'refused', problems: written.problems };
  result.state = written;
  const mayGoOn = isAsked && written !== 'declined' && canAsk(io) && options.format === 'human';
  const more = mayGoOn ? await confirm(io, 'Write the policy files for your engines too, into `.stakes/`?') : 'no';
  if (more !== 'yes') return { state: 'done', isAsked };
  const { config, color } = options;
  const goesOn = { arguments: [result.file ?? ''], options: { config, color, format: 'human' } };
  return { state: 'done', isAsked, goesOn };
}
