import type { Advice, Assessment } from '../model/assessment.ts';
import { priceWords } from './assessment-words.ts';
import type { ReportContext } from './context.ts';
import { nextStep } from './next-step.ts';
import { placeWords } from './pointer-words.ts';
import { heading, item } from './row.ts';
import { shown } from './shown.ts';
import { firstOf, prose, type Words } from './words.ts';
import { wrap } from './wrap.ts';

const ADVICE = 5;
const QUESTIONS = 9;

export function adviceLines({ advice }: Assessment, context: ReportContext): string[] {
  if (advice.length === 0) return [];
  const { items, more } = firstOf(advice, ADVICE);
  return [
    '',
    ...heading([{ text: 'To lower the tier', style: 'strong' }, ', cheapest first:'], context),
    ...items.flatMap((each, index) => item(index + 1, adviceWords(each), context)),
    ...leftOut(more, context),
  ];
}

function adviceWords(advice: Advice): Words {
  return [{ text: advice.tier, style: 'strong' }, `, ${priceWords(advice)}: ${prose(shown(advice.text))}`];
}

export function questionLines({ questions, agent }: Assessment, context: ReportContext): string[] {
  if (questions.length === 0) return [];
  const { items, more } = firstOf(questions, QUESTIONS);
  return [
    '',
    ...heading(
      [{ text: 'Open questions', style: 'strong' }, ', each with the tier if it and those above are answered safely:'],
      context,
    ),
    ...items.flatMap((each, index) => {
      const owner = each.agent === agent ? '' : ` in ${shown(each.agent, 64)}`;
      const where = { text: `(${placeWords(each.pointer)}${owner})`, style: 'dim' } as const;
      return item(
        index + 1,
        [prose(shown(each.text)), ' ', where, ' →\u00a0', { text: each.closes, style: 'strong' }],
        context,
      );
    }),
    ...leftOut(more, context),
  ];
}

function leftOut(more: number, context: ReportContext): string[] {
  return more > 0
    ? wrap([{ text: `and ${more} more in \`--format json\``, style: 'dim' }], {
        ...context,
        first: ['     '],
        rest: ['     '],
      })
    : [];
}

export function nextLines(assessment: Assessment, context: ReportContext): string[] {
  const { command, purpose } = nextStep(assessment, context.where);
  // The command is for copying, so it stays on one line.
  const words: Words = [`Next, to ${purpose}: `, { text: command.replaceAll(' ', '\u00a0'), style: 'note' }];
  return ['', ...wrap(words, { ...context, first: ['  '], rest: ['    '] })];
}
