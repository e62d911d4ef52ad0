import { appendFileSync, closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../source/fault-code.ts';
import { isRecord } from '../source/record.ts';
import { linesOf } from './read-lines.ts';
import { timeOf } from './time-text.ts';

export const QUESTION_SCHEMA = 'stakes/audit-question@1';

/** That somebody asked the records something, and how long the answer took. Neither what was asked nor what was answered. */
export interface Question {
  /** Which command asked, such as `query`. */
  question: string;
  /** RFC 3339, UTC, milliseconds: when it was asked. */
  time: string;
  seconds: number;
  /** False: it ended with an error. */
  answered: boolean;
}

export const questionsFile = (state: string): string => join(state, 'audit-questions.jsonl');

/** More of them than this are not read: a file that anybody can append to is not endless. */
const MOST_QUESTIONS = 1_000_000;
const NAME = /^[a-z][a-z-]{0,30}$/;

/** Appends to the list of questions in the state folder. What keeps it from that comes back: no answer is to be lost over it. */
export function recordQuestion(state: string, { question, time, seconds, answered }: Question): string | undefined {
  const line = JSON.stringify({
    answered,
    question,
    schema: QUESTION_SCHEMA,
    seconds: Math.round(seconds * 1000) / 1000,
    time,
  });
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    appendFileSync(questionsFile(state), `${line}\n`, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

/** In the order in which they were answered; none where there is no list. What is no question is passed over. */
export function questionsIn(state: string): Question[] {
  let handle: number;
  try {
    handle = openSync(questionsFile(state), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return [];
  }
  const questions: Question[] = [];
  try {
    for (const { marked } of linesOf(handle)) {
      const question = questionIn(marked.toString('utf8', 1));
      if (question) questions.push(question);
      if (questions.length >= MOST_QUESTIONS) break;
    }
  } catch {
    // What could be read of it counts.
  } finally {
    closeSync(handle);
  }
  return questions;
}

function questionIn(line: string): Question | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.schema !== QUESTION_SCHEMA) return undefined;
  const { question, time, seconds, answered } = value;
  if (typeof question !== 'string' || !NAME.test(question) || typeof answered !== 'boolean') return undefined;
  if (typeof time !== 'string' || timeOf(time) === undefined) return undefined;
  return typeof seconds === 'number' && seconds >= 0 ? { question, time, seconds, answered } : undefined;
}
