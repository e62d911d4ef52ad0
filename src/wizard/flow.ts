import type { Agent } from '../manifest/tree.ts';
import { narrowing, type Trial } from './narrow.ts';
import { type Answers, type Candidate, type Question, type Standing, UNKNOWN } from './question.ts';
import { NEW } from './questions/agent.ts';
import { SHAPING } from './questions.ts';
import { intervalOf, readingOf } from './reading.ts';
import { sampled } from './sample.ts';
import { tidied } from './tidy.ts';

/** What a questionnaire starts from. */
export interface Start {
  questions: readonly Question[];
  /** Agents that files here describe. */
  found: readonly Candidate[];
  /** An agent of which nothing is known. */
  blank: Agent;
}

export type Step =
  | { state: 'ask'; question: Question; standing: Standing }
  /** Nothing that could still be asked changes the tier, a control or what is recommended. */
  | { state: 'done'; standing: Standing };

/** Where the answers lead: the next question, or the end. Pure; the order of the answers does not matter. */
export function stepOf(start: Start, answers: Answers): Step {
  const standing = standingOf(start, answers);
  const open = start.questions.filter((question) => !answers.has(question.id) && question.applies(standing));
  const first = open.find((question) => SHAPING.has(question.id) || question.id === 'concern');
  const shaping = first?.needed || first?.always?.(standing) ? first : undefined;
  const question = shaping ?? narrowing(open, standing, trialOf(start, answers, standing));
  return question ? { state: 'ask', question, standing } : { state: 'done', standing };
}

export function standingOf(start: Start, answers: Answers): Standing {
  const { base, now } = agentsWith(start, answers);
  return { base, now, reading: readingOf(now), found: start.found };
}

/** What is wrong with an answer; undefined: nothing. */
export function faultOf(start: Start, answers: Answers, question: Question, answer: string): string | undefined {
  if (answer === UNKNOWN && !question.needed && question.id !== 'tools') return undefined;
  const { base, now } = agentsWith(start, answers);
  const standing = { base, now, found: start.found };
  if (question.kind === 'choice') {
    const values = question.options?.({ ...standing, reading: readingOf(now) }).map(({ value }) => value) ?? [];
    if (!values.includes(answer)) return `\`${answer.slice(0, 40)}\` is none of ${values.join(', ')}`;
  }
  // On a command line, by which all of this can be said again, it would be a flag.
  if (answer.startsWith('-') && question.kind !== 'number') return 'no answer begins with a dash';
  if (answer === '') return 'an answer is missing';
  return question.fault?.(answer, standing);
}

function trialOf({ questions }: Start, answers: Answers, { base, now }: Standing): Trial {
  const sample = sampled(base, now);
  const after = (more: Answers) => told(sample, questions, new Map([...answers, ...more]));
  return { interval: (more) => intervalOf(after(more)), reading: (more) => readingOf(after(more)) };
}

function agentsWith({ questions, found, blank }: Start, answers: Answers): { base: Agent; now: Agent } {
  const chosen = answers.get('from') ?? NEW;
  const from = found.find(({ id }) => id === chosen)?.agent ?? blank;
  const base = edited(
    from,
    questions.filter(({ id }) => SHAPING.has(id)),
    answers,
    from,
  );
  return { base, now: told(base, questions, answers) };
}

/** The agent with what was said of it. */
export function told(base: Agent, questions: readonly Question[], answers: Answers): Agent {
  return tidied(
    edited(
      base,
      questions.filter(({ id }) => !SHAPING.has(id)),
      answers,
      base,
    ),
    base,
  );
}

function edited(agent: Agent, questions: readonly Question[], answers: Answers, base: Agent): Agent {
  return questions.reduce((before, { id, edit }) => {
    const answer = answers.get(id);
    return answer === undefined || answer === UNKNOWN ? before : edit(before, answer, base);
  }, agent);
}
