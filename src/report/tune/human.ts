import type { TuneAgent, TuneProposal, TuneReport } from '../../model/tune.ts';
import type { Format, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { heading, item, row } from '../row.ts';
import { shown } from '../shown.ts';
import { effectWords, heldByReason, leftOutWords, recordWords, strangerWords, togetherWords } from '../tune-words.ts';
import { firstOf, prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

const MOST_HELD = 8;
const MOST_NAMED = 4;
const MOST_STRANGERS = 5;

/** What to change, by agent, each with its evidence; then what was held back, and why. */
export const format: Format<TuneReport> = (report, context) => {
  const { agents, errors } = report;
  const counted = agents.filter(({ calls }) => calls > 0);
  const blocks = [
    ...counted.map((agent) => blockOf(agent, report, context)),
    ...(report.proposals.length > 0 ? [foot(report, context)] : []),
    ...heldLines(report, context),
    ...strangerLines(report, context),
  ];
  const text = blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
  return `${text}${errors.length > 0 ? `${text === '' ? '' : '\n'}${renderProblems(errors, context)}` : ''}`;
};

function blockOf(agent: TuneAgent, { proposals }: TuneReport, context: ReportContext): string[] {
  const own = proposals.filter((each) => each.agent === agent.agent);
  const line = (label: string, text: string) => row({ label: { text: label }, text: [prose(shown(text))] }, context);
  return [
    ...wrap([{ text: shown(agent.agent, 100), style: 'strong' }, ` in ${shown(agent.file, 200)}`], context),
    ...line('records', recordWords(agent)),
    ...leftOutWords(agent).flatMap((text) => line('left out', text)),
    ...(own.length === 0 ? ['', ...heading(['nothing to propose'], context)] : []),
    ...section(
      'To tighten',
      own.filter(({ direction }) => direction === 'tighten'),
      context,
    ),
    ...section(
      'To loosen',
      own.filter(({ direction }) => direction === 'loosen'),
      context,
    ),
  ];
}

function section(title: string, proposals: readonly TuneProposal[], context: ReportContext): string[] {
  if (proposals.length === 0) return [];
  return [
    '',
    ...heading([{ text: title, style: 'strong' }], context),
    ...proposals.flatMap((each, i) => lines(each, i, context)),
  ];
}

function lines(proposal: TuneProposal, index: number, context: ReportContext): string[] {
  const below = (words: Words) => wrap(words, { ...context, first: ['     '], rest: ['     '] });
  const { text, because, unknown, id } = proposal;
  return [
    ...item(index + 1, [{ text: prose(shown(text)), style: 'strong' }], context),
    ...below([prose(shown(because))]),
    ...(unknown.length > 0 ? below([`not on record: ${prose(shown(unknown.join('; ')))}`]) : []),
    ...below([{ text: effectWords(proposal), style: 'dim' }]),
    ...below([{ text: `--only\u00a0${shown(id, 200)}`, style: 'dim' }]),
  ];
}

function foot(report: TuneReport, context: ReportContext): string[] {
  return heading([`All together: ${prose(togetherWords(report))}.`], context);
}

function heldLines({ held }: TuneReport, context: ReportContext): string[][] {
  const groups = firstOf(heldByReason(held), MOST_HELD);
  if (groups.items.length === 0) return [];
  return [
    [
      ...heading([{ text: 'Held back', style: 'strong' }], context),
      ...groups.items.flatMap(({ reason, items }) => {
        const some = firstOf(items, MOST_NAMED);
        const texts = some.items.map(({ text }) => prose(shown(text))).join('; ');
        const more = some.more > 0 ? `; and ${some.more} more` : '';
        return wrap([`${texts}${more}: `, { text: prose(shown(reason)), style: 'dim' }], {
          ...context,
          first: ['  - '],
          rest: ['    '],
        });
      }),
      ...(groups.more > 0
        ? heading([{ text: `and ${groups.more} more in \`--format json\``, style: 'dim' }], context)
        : []),
    ],
  ];
}

function strangerLines({ strangers }: TuneReport, context: ReportContext): string[][] {
  const some = firstOf(strangers, MOST_STRANGERS);
  if (some.items.length === 0) return [];
  const more = some.more > 0 ? [`and ${some.more} more in \`--format json\``] : [];
  return [
    [
      ...heading([{ text: 'On record, and in no manifest here', style: 'strong' }], context),
      ...[...some.items.map(strangerWords), ...more].flatMap((text) =>
        wrap([prose(shown(text))], { ...context, first: ['  - '], rest: ['    '] }),
      ),
    ],
  ];
}
