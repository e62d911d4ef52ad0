import type { Assessment } from '../model/assessment.ts';
import { QUESTION_DOCS } from '../model/questions.ts';
import type { ReportContext } from './context.ts';
import { factPhrases } from './facts.ts';
import { type WalkedStep, walkOf } from './walk.ts';
import { count, type Piece, prose, type Words } from './words.ts';
import { wrap } from './wrap.ts';

/** The three questions, drawn as the path that was taken. */
export function walkLines(assessment: Assessment, context: ReportContext): string[] {
  return walkOf(assessment).flatMap((walked, index) => {
    const number: Piece = { text: String(index + 1), style: walked.step ? 'strong' : 'dim' };
    const text = prose(QUESTION_DOCS[walked.question].text);
    if (!walked.step) {
      const words: Words = [{ text: `${text} Not asked.`, style: 'dim' }];
      return wrap(words, { ...context, first: ['  ', number, '  '], rest: ['     '] });
    }
    const rail: Piece = { text: walked.stops ? ' ' : '│', style: 'dim' };
    const bend: Piece = { text: walked.stops ? '└→' : '│ ', style: 'dim' };
    return [
      ...wrap([text], { ...context, first: ['  ', number, '  '], rest: ['  ', { text: '│', style: 'dim' }, '  '] }),
      ...answerOf(walked, assessment.agent, (words) =>
        wrap(words, { ...context, first: ['  ', bend, ' '], rest: ['  ', rail, '  '] }),
      ),
    ];
  });
}

/**
 * As many of the facts as fit, on one line rather than two: one is enough to decide, and high-stakes tools are listed
 * further down.
 */
function answerOf(walked: WalkedStep, root: string, lines: (words: Words) => string[]): string[] {
  const facts = walked.step?.because ?? [];
  const lists = [3, 2, 1].map((tools) => factPhrases(facts, root, tools));
  const several = lists.flatMap((list) =>
    list.map((_, left) => answerWords(walked, list.slice(0, list.length - left), left)),
  );
  const single = (lists[0] ?? []).flatMap((_, index) =>
    lists.map((list) => answerWords(walked, list.slice(index, index + 1), list.length - 1)),
  );
  const tries = [...several, ...single];
  const drawn = (tries.length > 0 ? tries : [answerWords(walked, [], 0)]).map(lines);
  return drawn.find((each) => each.length === 1) ?? drawn.find((each) => each.length === 2) ?? drawn.at(-1) ?? [];
}

function answerWords({ step, stops, couldStop }: WalkedStep, phrases: readonly string[], more: number): Words {
  if (!step) return [];
  const answer: Piece = {
    text: step.answer === 'unknown' ? `not known, at worst ${step.worst}` : step.worst,
    style: 'strong',
  };
  const end: Words = stops ? [', so ', { text: stops, style: 'strong' }] : [];
  const better = couldStop ? [` (at best ${step.best}, so ${couldStop})`] : [];
  const facts =
    phrases.length > 0 ? `: ${prose(phrases.join('; '))}${more > 0 ? `; ${count(more, 'more reason')}` : ''}` : '';
  return [answer, ...end, ...better, facts];
}
