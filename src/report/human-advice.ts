import type { Advice, Assessment } from '../model/assessment.ts';
import { priceWords, tierWords } from './assessment-words.ts';
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
  return [prose(shown(advice.text)), ' → ', { text: tierWords(advice.tier), style: 'strong' }, `, ${priceWords(advice)}`];
}

export function questionLines({ questions, agent }: Assessment, context: ReportContext): string[] {
  if (questions.length === 0) return [];
  const { items, more } = firstOf(questions, QUESTIONS);
  return [
    '',
    ...heading([{ text: 'Open questions', style: 'strong' }, ', each with the tier that the safest answer leaves:'], context),
    ...items.flatMap((each, index) => {
      const owner = each.agent === agent ? '' : ` in ${shown(each.agent, 64)}`;
      const where = { text: `(${placeWords(each.pointer)}${owner})`, style: 'dim' } as const;
      return item(index + 1, [prose(shown(each.text)), ' ', where, ' → ', { text: tierWords(each.closes), style: 'strong' }], context);
    }),
    ...leftOut(more, context),
  ];
}

function leftOut(more: number, context: ReportContext): string[] {
  return more > 0 ? item(0, [], context).slice(1).concat(heading([{ text: `and ${more} more in \`--format json\``, style: 'dim' }], context)) : [];
}

export function nextLines(assessment: Assessment, context: ReportContext): string[] {
  const { command, why } = nextStep(assessment);
  const words: Words = ['Next: ', { text: command, style: 'note' }, { text: `  # ${why}`, style: 'dim' }];
  return ['', ...wrap(words, { ...context, first: ['  '], rest: ['    '] })];
}
