import {
  APPROVAL_ANSWERS,
  type ApprovalRecord,
  type Envelope,
  type IntentRecord,
  OUTCOMES,
  type OutcomeRecord,
  RECORD_KINDS,
  RECORD_MODES,
  RECORD_SCHEMA,
} from '../../model/record.ts';
import { ACCESSES, type Access } from '../../model/vocabulary.ts';
import { isRecord } from '../../source/record.ts';
import { timeOf } from '../time-text.ts';

type Body<T> = Omit<T, 'schema' | 'prev'>;
/** `fieldsJson`: most are never asked for, so they are parsed where they are. */
export type Intent = Omit<Body<IntentRecord>, 'fields'> & { fieldsJson: string };
export type Outcome = Body<OutcomeRecord>;
/** A record of another kind, of which only the envelope was looked at. */
export type Other = Body<Omit<Envelope, 'kind'>> & { kind: 'other'; is: string; values: Record<string, unknown> };
/** A line that is no record that is known here. */
export interface Fault {
  kind: 'fault';
  code: 'newer-version' | 'not-a-record';
  message: string;
}
export type Read = Intent | Outcome | Other | Fault;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
export const isAmong = <T extends string>(list: readonly T[], word: unknown): word is T =>
  typeof word === 'string' && (list as readonly string[]).includes(word);

const fault = (code: Fault['code'], message: string): Fault => ({ kind: 'fault', code, message });
const NONE = fault('not-a-record', 'this is no record');

export function parsed(line: Buffer): Read {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(line));
  } catch {
    return NONE;
  }
  if (!isRecord(value) || typeof value.schema !== 'string') return NONE;
  const version = /^stakes\/record@(\d{1,9})$/.exec(value.schema)?.[1];
  if (version !== undefined && value.schema !== RECORD_SCHEMA)
    return fault('newer-version', `the record has version ${version}, and this stakes knows 1`);
  const { kind, seq, time } = value;
  if (version === undefined || typeof kind !== 'string' || !Number.isSafeInteger(seq) || Number(seq) < 0) return NONE;
  if (typeof time !== 'string' || timeOf(time) === undefined) return NONE;
  const at = { seq: Number(seq), time };
  if (kind === 'intent') return intentOf(value, at) ?? NONE;
  if (kind === 'outcome') return outcomeOf(value, at) ?? NONE;
  return { kind: 'other', is: kind, ...at, values: value };
}

export const isKnownKind = (kind: string): boolean => (RECORD_KINDS as readonly string[]).includes(kind);

type At = Pick<Envelope, 'seq' | 'time'>;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';

/** Has a record, of which the envelope was looked at, what is read of an intent? */
export function isIntent(value: Record<string, unknown>): value is Record<string, unknown> & IntentRecord {
  const { agent, tool, session, arguments: digest, fields, decision, rule, reason, policy, mode, reservedUsd } = value;
  if (!isText(agent) || !isText(tool) || !isText(session) || !isText(rule) || !isText(reason)) return false;
  if (!isText(digest) || !DIGEST.test(digest) || !isText(policy) || !DIGEST.test(policy) || !isRecord(fields))
    return false;
  if (!isAmong<Access>(ACCESSES, decision) || !isAmong(RECORD_MODES, mode) || !isAmount(reservedUsd)) return false;
  for (const pointer in fields) if (!isScalar(fields[pointer])) return false;
  return value.kind === 'intent' && (value.approval === null || approvalOf(value.approval) !== undefined);
}

function intentOf(value: Record<string, unknown>, at: At): Intent | undefined {
  if (!isIntent(value)) return undefined;
  const { agent, tool, session, arguments: digest, fields, decision, rule, reason, policy, mode, reservedUsd } = value;
  return {
    kind: 'intent',
    ...at,
    agent,
    tool,
    session,
    arguments: digest,
    rule,
    reason,
    policy,
    fieldsJson: JSON.stringify(fields),
    decision,
    mode,
    approval: value.approval === null ? null : (approvalOf(value.approval) ?? null),
    reservedUsd,
  };
}

const isScalar = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);

function approvalOf(value: unknown): ApprovalRecord | undefined {
  if (!isRecord(value)) return undefined;
  const { answer, by, channel, waitedSeconds, reason } = value;
  if (!isAmong(APPROVAL_ANSWERS, answer) || !isText(channel) || !isAmount(waitedSeconds)) return undefined;
  if (!(by === null || isText(by)) || !(reason === null || isText(reason))) return undefined;
  return { answer, by, channel, waitedSeconds, reason };
}

function outcomeOf({ intent, outcome, settledUsd, durationMs }: Record<string, unknown>, at: At): Outcome | undefined {
  if (!Number.isSafeInteger(intent) || Number(intent) < 0 || !isAmong(OUTCOMES, outcome)) return undefined;
  if (!isAmount(settledUsd) || !isAmount(durationMs)) return undefined;
  return { kind: 'outcome', ...at, intent: Number(intent), outcome, settledUsd, durationMs };
}
