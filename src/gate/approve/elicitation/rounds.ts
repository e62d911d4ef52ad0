import { createHash, randomBytes } from 'node:crypto';
import type { Asked } from '../../ports.ts';
import type { Question } from '../define.ts';
import { OWN } from './own.ts';

/** Questions that were given to a client, to come back with its next call: each once, and for the same call. */
export interface Rounds {
  /** The `requestState` that the client gives back: a number that was drawn, and nothing of the question. */
  begin(question: Question): string;
  /** Undefined: nobody was given it, it came before, or it is of another call. Whatever it is, it is used up. */
  end(state: string, asked: Asked): Question | undefined;
}

export function openRounds(now: () => number): Rounds {
  /** By the state's digest, so that the time of a look-up says nothing about a state. */
  const questions = new Map<string, Question>();
  return {
    begin(question) {
      for (const [key, { call }] of questions) if (call.until <= now()) questions.delete(key);
      const state = `${OWN}${randomBytes(32).toString('base64url')}`;
      questions.set(keyOf(state), question);
      return state;
    },
    end(state, { agent, tool, digest }) {
      const key = keyOf(state);
      const question = questions.get(key);
      questions.delete(key);
      if (question === undefined) return undefined;
      const { call } = question;
      return call.agent === agent && call.tool === tool && call.digest === digest ? question : undefined;
    },
  };
}

const keyOf = (state: string): string => createHash('sha256').update(state).digest('base64');
