import { isRecord } from '../../../source/record.ts';
import type { Said, Waiting } from '../define.ts';

/** Characters of a question as JSON; what is longer is answered where the gate is. */
export const MOST_ASKED = 256 * 1024;
/** Questions of all gates, in the order of their ends. */
export const INDEX = 'stakes:asks';

const MOST_WORDS = 1_000;
const MOST_NAME = 200;

/** Names of one question: nobody can guess `nonce`, and no other question ever has it. */
export interface Named {
  root: string;
  nonce: string;
}

/** What is asked, what somebody says to it, and what the gate says to that. All of one agent are in one slot of a cluster. */
export function keysOfQuestion({ root, nonce }: Named): { ask: string; answer: string; taken: string; member: string } {
  const key = (kind: string) => `stakes:{${root}}:${kind}:${nonce}`;
  return { ask: key('ask'), answer: key('answer'), taken: key('taken'), member: `${root} ${nonce}` };
}

/** A line of the index; undefined: it is none. */
export function namedIn(member: unknown): Named | undefined {
  const [, root, nonce] = typeof member === 'string' ? (/^([a-z0-9-]{1,100}) ([0-9a-f]{32})$/.exec(member) ?? []) : [];
  return root === undefined || nonce === undefined ? undefined : { root, nonce };
}

export interface SharedAnswer extends Said {
  /** Of the arguments that were shown. */
  digest: string;
}

/** Undefined: it is no question that anybody could answer. */
export function readAsked(text: unknown): Waiting | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { id, agent, tool, arguments: values, digest, because, since, until } = value;
  const texts = [id, agent, tool, digest, because];
  if (!texts.every((one) => typeof one === 'string') || !isTime(since) || !isTime(until)) return undefined;
  return { id, agent, tool, arguments: values, digest, because, since, until } as Waiting;
}

/** Undefined: it is nothing that counts as an answer. */
export function readAnswer(text: unknown): SharedAnswer | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { digest, approve, by, reason } = value;
  if (typeof digest !== 'string' || typeof approve !== 'boolean') return undefined;
  if (typeof by !== 'string' || by === '' || by.length > MOST_NAME) return undefined;
  if (reason !== null && typeof reason !== 'string') return undefined;
  return { digest, approve, by, reason: reason === null ? null : reason.slice(0, MOST_WORDS) };
}

/** What a gate says to an answer; undefined: nothing yet. */
export function readTaken(text: unknown): { ok: boolean; says: string } | undefined {
  const value = parsed(text);
  if (!isRecord(value) || typeof value.ok !== 'boolean' || typeof value.says !== 'string') return undefined;
  return { ok: value.ok, says: value.says.slice(0, MOST_WORDS) };
}

/** In milliseconds since 1970, as a date can hold it. */
const isTime = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 8.64e15;

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
