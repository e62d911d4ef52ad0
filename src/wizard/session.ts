import type { QuestionView } from '../model/init.ts';
import { faultOf, type Start, type Step, standingOf, stepOf } from './flow.ts';
import { type Answers, namesIn, type Question, type Standing, UNKNOWN } from './question.ts';
import { SHAPING } from './questions.ts';

export type Said = { answer: string } | 'back' | 'cancelled';

/** Puts one question to a person until the answer will do. */
export type Asker = (
  view: QuestionView,
  ways: { isFirst: boolean; fault(answer: string): string | undefined },
) => Promise<Said>;

export interface Talk {
  state: 'done' | 'cancelled';
  answers: Answers;
}

export interface Talking {
  start: Start;
  /** Given before the first question; `back` stops at them. */
  given: Answers;
  /** Given by a person earlier, in this order. */
  earlier: Answers;
  ask: Asker;
  /** Called after each answer, with those that a person gave, in their order. */
  keep(answers: Answers): void;
}

/** Asks until nothing is left to ask, or until the person has had enough. */
export async function talk({ start, given, earlier, ask, keep }: Talking): Promise<Talk> {
  const said = new Map(earlier);
  let before: { id: string; answer: string } | undefined;
  let told = new Set<string>();
  for (;;) {
    const answers = new Map([...given, ...said]);
    const step: Step = stepOf(start, answers);
    if (step.state === 'done') return { state: 'done', answers };
    const { question, standing } = step;
    const again = before?.id === question.id ? before.answer : undefined;
    const advised = standing.reading.alternatives;
    const news = advised.filter(({ id }) => !told.has(id));
    told = new Set(advised.map(({ id }) => id));
    const view = { ...viewOf(question, standing, said.size + 1, again), news };
    const heard = await ask(view, {
      isFirst: said.size === 0,
      fault: (answer) => faultOf(start, answers, question, answer),
    });
    if (heard === 'cancelled') return { state: 'cancelled', answers };
    if (heard === 'back') {
      const last = [...said].at(-1);
      if (!last) continue;
      before = { id: last[0], answer: last[1] };
      said.delete(last[0]);
    } else {
      said.set(question.id, asWritten(question, heard.answer));
    }
    keep(said);
  }
}

/** As it is written on a command line: names with commas and nothing else between them. */
export function asWritten({ kind }: Pick<Question, 'kind'>, answer: string): string {
  return kind === 'list' || kind === 'names' ? namesIn(answer).join(',') : answer;
}

/** `again`: what was answered before somebody went back. */
function viewOf(question: Question, standing: Standing, number: number, again?: string): Omit<QuestionView, 'news'> {
  const { id, kind, text, why, more } = question;
  const { floor, ceiling } = standing.reading;
  const isShaped = Object.keys(standing.base.manifest.tools).length > 0 && id !== 'from';
  return {
    ...{ id, kind, number, text, more },
    why: question.whyHere?.(standing) ?? why,
    options: question.options?.(standing) ?? [],
    otherwise: again ?? question.otherwise(standing),
    interval: isShaped ? { floor, ceiling } : null,
  };
}

/** Questions that would be asked if each were answered with what leaves most open. */
export function missingFrom(start: Start, given: Answers): string[] {
  const answers = new Map(given);
  const missing: string[] = [];
  for (;;) {
    const step = stepOf(start, answers);
    if (step.state === 'done') return missing;
    const { question, standing } = step;
    missing.push(question.id);
    answers.set(question.id, SHAPING.has(question.id) ? question.otherwise(standing) : UNKNOWN);
  }
}

/** Answers that change nothing, because what they start from says it already. */
export function idleIn(start: Start, answers: Answers): string[] {
  const shaped = standingOf(start, new Map([...answers].filter(([id]) => SHAPING.has(id))));
  const manifestWith = (given: Answers) => JSON.stringify(standingOf(start, given).now.manifest);
  const whole = manifestWith(answers);
  return start.questions.flatMap((question) => {
    const { id } = question;
    const answer = answers.get(id);
    if (answer === undefined || answer === UNKNOWN || SHAPING.has(id) || question.applies(shaped)) return [];
    return manifestWith(new Map([...answers].filter(([other]) => other !== id))) === whole ? [id] : [];
  });
}

/** What is wrong with answers that nobody was there to be asked about again, by question. */
export function faultsIn(start: Start, answers: Answers): { id: string; fault: string }[] {
  return start.questions.flatMap((question) => {
    const answer = answers.get(question.id);
    if (answer === undefined) return [];
    const fault = faultOf(start, answers, question, answer);
    return fault === undefined ? [] : [{ id: question.id, fault }];
  });
}
