import type { Assessment } from '../../../../model/assessment.ts';
import { QUESTION_DOCS, QUESTIONS, type Question } from '../../../../model/questions.ts';
import { TIER_DOCS, TIERS, type Tier } from '../../../../model/tiers.ts';
import { ENDS } from '../../../walk.ts';

export type Answer = 'yes' | 'no';

export interface Branch {
  from: Question;
  to: Question | Tier;
  answer: Answer;
  /** The walk at worst takes it: this is what counts. */
  worst: boolean;
  /** The walk with every open fact at its safest takes it. */
  best: boolean;
}

export interface Tree {
  branches: Branch[];
  /** Questions and tiers on the way that counts. */
  walked: ReadonlySet<string>;
  /** Those on the best way alone. */
  better: ReadonlySet<string>;
}

/** The tree with both walks in it; they part where a fact is open. */
export function treeOf({ trail }: Pick<Assessment, 'trail'>): Tree {
  const worst = wayOf((question) => trail.find((step) => step.question === question)?.worst);
  const best = wayOf((question) => trail.find((step) => step.question === question)?.best);
  const branches = QUESTIONS.flatMap((from) =>
    (['no', 'yes'] as const).map((answer): Branch => {
      const to = next(from, answer);
      const on = (way: Way) => way.get(from) === answer;
      return { from, to, answer, worst: on(worst), best: on(best) };
    }),
  );
  const boxes = (walks: 'worst' | 'best') =>
    branches.filter((each) => each[walks]).flatMap(({ from, to }) => [from, to]);
  const walked = new Set<string>(boxes('worst'));
  return { branches, walked, better: new Set<string>(boxes('best').filter((id) => !walked.has(id))) };
}

type Way = ReadonlyMap<Question, Answer>;

function wayOf(answerTo: (question: Question) => Answer | undefined): Way {
  const way = new Map<Question, Answer>();
  for (const question of QUESTIONS) {
    const answer = answerTo(question);
    if (answer === undefined) break;
    way.set(question, answer);
    if (ENDS[question][answer]) break;
  }
  return way;
}

function next(question: Question, answer: Answer): Question | Tier {
  const after = QUESTIONS[QUESTIONS.indexOf(question) + 1];
  return ENDS[question][answer] ?? after ?? 'full';
}

/** What stands in a box of the tree. */
export function boxText(id: Question | Tier): string {
  const question = QUESTIONS.find((each) => each === id);
  const tier = TIERS.find((each) => each === id);
  return question ? QUESTION_DOCS[question].text : tier ? TIER_DOCS[tier].title : '';
}
