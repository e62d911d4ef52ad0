import type { Assessment, TrailStep } from '../model/assessment.ts';
import { QUESTIONS, type Question } from '../model/questions.ts';
import type { Tier } from '../model/tiers.ts';

type Answer = 'yes' | 'no';

/** Where the tree ends, by question and answer; any other answer leads to the next question. */
export const ENDS: Record<Question, Partial<Record<Answer, Tier>>> = {
  writes: { no: 'light' },
  reversible: { yes: 'medium' },
  autonomous: { no: 'medium-plus', yes: 'full' },
};

/** One question on the way to the tier; `step` is absent where it was not asked. */
export interface WalkedStep {
  question: Question;
  step?: TrailStep;
  /** The tier this answer leads to; absent where the walk goes on. */
  stops?: Tier;
  /** The tier the best answer would lead to, where that is not the answer taken. */
  couldStop?: Tier;
}

/** The tree as it was walked, at worst: the tier is the ceiling. */
export function walkOf({ trail }: Assessment): WalkedStep[] {
  let over = false;
  return QUESTIONS.map((question) => {
    const step = trail.find((each) => each.question === question);
    if (over || !step) return { question };
    const stops = ENDS[question][step.worst];
    const better = step.best === step.worst ? undefined : ENDS[question][step.best];
    over = stops !== undefined;
    return { question, step, ...(stops ? { stops } : {}), ...(better ? { couldStop: better } : {}) };
  });
}
