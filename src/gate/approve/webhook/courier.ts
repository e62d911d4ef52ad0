import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { endingOf, type OpenChannel, type Question, type Said } from '../define.ts';
import type { WebhookEnd } from './end.ts';
import { askedBody, overBody, pollBody, readAnswer } from './messages.ts';
import { post, type Response } from './post.ts';

/** Milliseconds that a gate which ends still has for telling that a question is over. */
const LAST_WORDS = 2_000;
/** Milliseconds between two looks at a receiver that fails. */
const SLOWEST = 30_000;

export function openCourier(end: WebhookEnd, now: () => number, tell: (text: string) => void): OpenChannel {
  const send = (body: string, patience: number, signal: AbortSignal, id = newId()): Promise<Response> =>
    post(end, { id, body, now: now(), patience, signal });

  /** Undefined: handed over; else why not. */
  async function handOver(body: string, over: AbortSignal): Promise<string | undefined> {
    const id = newId();
    let left = end.pace.retries.length;
    for (const delay of [0, ...end.pace.retries]) {
      await rest(delay, over);
      if (over.aborted) return undefined;
      const response = await send(body, end.pace.patience, over, id);
      if ('status' in response && isTaken(response.status)) return undefined;
      if (left-- === 0 || ('status' in response && isFinal(response.status))) return wordsOf(response);
    }
    return undefined;
  }

  /** Looks for an answer until there is one, or nobody wants it any more. */
  async function follow(question: Question, secret: string): Promise<void> {
    const { call, over } = question;
    let [pause, isTold] = [end.pace.poll, false];
    while (!over.aborted) {
      const response = await send(pollBody(question, now()), end.pace.patience, over);
      if (over.aborted) return;
      const heard = heardIn(response, call.id, secret);
      if ('said' in heard) return void question.answer(heard.said);
      if ('lost' in heard) return question.lost(heard.lost);
      if (heard.odd !== undefined && !isTold) tell(heard.odd);
      isTold ||= heard.odd !== undefined;
      pause = heard.odd === undefined ? end.pace.poll : Math.min(pause * 2, Math.max(SLOWEST, end.pace.poll));
      await rest(pause, over);
    }
  }

  async function carry(question: Question, body: string, secret: string): Promise<void> {
    const { over } = question;
    const fault = await handOver(body, over);
    if (fault === undefined) await follow(question, secret);
    else question.lost(fault);
  }

  return {
    ask(question) {
      const secret = randomBytes(32).toString('base64url');
      const body = askedBody(question, secret, now());
      if (body === undefined) return false;
      question.over.addEventListener('abort', () => {
        // Nothing hangs on it: a receiver that misses it is told when it is late.
        void send(overBody(question, endingOf(question.over), now()), LAST_WORDS, new AbortController().signal);
      });
      void carry(question, body, secret);
      return true;
    },
    close: () => undefined,
  };
}

/** An answer, or that there will be none; else there is none yet, which is odd where something is wrong. */
type Heard = { said: Said } | { lost: string } | { odd: string | undefined };

function heardIn(response: Response, id: string, secret: string): Heard {
  if ('fault' in response) return { odd: wordsOf(response) };
  const { status, text, isSigned } = response;
  if (isFinal(status)) return { lost: wordsOf(response) };
  if (!isTaken(status)) return { odd: wordsOf(response) };
  if (status !== 200 || text === '') return { odd: undefined };
  if (!isSigned) return { odd: NOT_SIGNED };
  const said = readAnswer(text, id, secret);
  return said === undefined ? { odd: NO_ANSWER } : { said };
}

const NOT_SIGNED = 'what the webhook answered is not signed with its secret, for this message, and is passed over';
const NO_ANSWER = 'what the webhook answered is no answer to the question, and is passed over';

const newId = (): string => `msg_${randomBytes(18).toString('base64url')}`;

const isTaken = (status: number) => status >= 200 && status < 300;
/** The receiver has understood, and does not want it. */
const isFinal = (status: number) => status >= 300 && status < 500 && status !== 408 && status !== 425 && status !== 429;

function wordsOf(response: Response): string {
  if ('fault' in response) return `the webhook cannot be reached (${response.fault})`;
  return `the webhook answered with HTTP ${response.status}`;
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
