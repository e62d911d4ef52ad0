import type { Assessment } from '../model/assessment.ts';
import { QUESTION_DOCS } from '../model/questions.ts';
import { factWords, tierWords } from './assessment-words.ts';
import type { ReportContext } from './context.ts';
import { firstOf, type Piece, prose, type Words } from './words.ts';
import { type WalkedStep, walkOf } from './walk.ts';
import { wrap } from './wrap.ts';

const FACTS = 3;

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
      ...wrap(answerOf(walked, assessment.agent), { ...context, first: ['  ', bend, ' '], rest: ['  ', rail, '  '] }),
    ];
  });
}

function answerOf({ step, stops, couldStop }: WalkedStep, root: string): Words {
  if (!step) return [];
  const answer: Piece = { text: step.answer === 'unknown' ? `not known, at worst ${step.worst}` : step.worst, style: 'strong' };
  const end: Words = stops ? [', so ', { text: tierWords(stops), style: 'strong' }] : [];
  const better = couldStop ? [`; at best ${step.best}, so ${tierWords(couldStop)}`] : [];
  const { items, more } = firstOf([...new Set(step.because.map((fact) => factWords(fact, root)))], FACTS);
  const facts = items.length > 0 ? [`: ${prose(items.join('; '))}`, ...(more > 0 ? [`; and ${more} more`] : [])] : [];
  return [answer, ...end, ...facts, ...better];
}
