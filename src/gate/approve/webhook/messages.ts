import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApprovalRecord } from '../../../model/record.ts';
import { WEBHOOK_SCHEMA, type WebhookMessage } from '../../../model/webhook.ts';
import { isRecord } from '../../../source/record.ts';
import type { Question, Said } from '../define.ts';

/** Bytes of one message; chat services take far less. */
const MOST = 256 * 1024;
const MOST_NAME = 200;
const MOST_REASON = 1_000;

/** With the one-time secret, which nobody else gets. Undefined: it is too long. */
export function askedBody({ call, approvers }: Question, secret: string, now: number): string | undefined {
  const { id, agent, tool, arguments: values, digest, because } = call;
  const [since, until] = [textOf(call.since), textOf(call.until)];
  const of = { id, agent, tool, arguments: values ?? {}, digest, because, since, until };
  const data = { ...of, approvers: [...approvers], secret };
  const body = bodyOf('approval.asked', data, now);
  return Buffer.byteLength(body) > MOST ? undefined : body;
}

export function pollBody({ call: { id } }: Question, now: number): string {
  return bodyOf('approval.poll', { id }, now);
}

export function overBody(
  { call: { id } }: Question,
  { answer, by, channel, reason }: ApprovalRecord,
  now: number,
): string {
  return bodyOf('approval.over', { id, answer, by, channel, reason }, now);
}

function bodyOf(type: WebhookMessage['type'], data: WebhookMessage['data'], now: number): string {
  return JSON.stringify({ schema: WEBHOOK_SCHEMA, type, timestamp: textOf(now), data } satisfies WebhookMessage);
}

const textOf = (time: number): string => new Date(time).toISOString();

/** What a receiver answers to a look: what somebody said; undefined: nothing that counts. */
export function readAnswer(text: string, id: string, secret: string): Said | undefined {
  const value = parsed(text);
  if (!isRecord(value) || value.id !== id || typeof value.secret !== 'string') return undefined;
  if (!isSame(value.secret, secret) || typeof value.approve !== 'boolean') return undefined;
  const { approve, by, reason } = value;
  if (typeof by !== 'string' || by.trim() === '' || by.length > MOST_NAME) return undefined;
  if (reason !== undefined && reason !== null && typeof reason !== 'string') return undefined;
  return { approve, by, reason: reason === '' ? null : (reason?.slice(0, MOST_REASON) ?? null) };
}

/** In the same time, wherever they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
