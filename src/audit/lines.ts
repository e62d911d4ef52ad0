import type {
  ApprovalRecord,
  CheckpointRecord,
  Envelope,
  IntentRecord,
  OutcomeRecord,
  RotationRecord,
  SegmentRecord,
  SignatureRecord,
  StartRecord,
} from '../model/record.ts';
import { RECORD_SCHEMA } from '../model/record.ts';
import { cleanName, cleanReason } from './words.ts';

/** Where a line goes. */
export type At = Pick<Envelope, 'prev' | 'seq' | 'time'>;
/** What a record says besides where it stands. */
export type Said<T extends Envelope> = Omit<T, keyof Envelope>;

const schema = RECORD_SCHEMA;

// Keys stand in the order that RFC 8785 wants, which makes `JSON.stringify` canonical; a test holds it. A library that sorts
// would take as long as everything else that a record costs.

export function intentLine(said: Said<IntentRecord>, { prev, seq, time }: At): string {
  const { arguments: digest, decision, fields, mode, policy, reservedUsd } = said;
  return JSON.stringify({
    agent: cleanName(said.agent),
    approval: said.approval === null ? null : approvalOf(said.approval),
    arguments: digest,
    decision,
    fields,
    kind: 'intent',
    mode,
    policy,
    prev,
    reason: cleanReason(said.reason),
    reservedUsd,
    rule: cleanName(said.rule),
    schema,
    seq,
    session: cleanName(said.session),
    time,
    tool: cleanName(said.tool),
  } satisfies IntentRecord);
}

function approvalOf({ answer, by, channel, reason, waitedSeconds }: ApprovalRecord): ApprovalRecord {
  return {
    answer,
    by: by === null ? null : cleanName(by),
    channel: cleanName(channel),
    reason: reason === null ? null : cleanReason(reason),
    waitedSeconds,
  };
}

export function outcomeLine(said: Said<OutcomeRecord>, { prev, seq, time }: At): string {
  const { durationMs, intent, outcome, settledUsd } = said;
  const kind = 'outcome';
  return JSON.stringify({
    durationMs,
    intent,
    kind,
    outcome,
    prev,
    schema,
    seq,
    settledUsd,
    time,
  } satisfies OutcomeRecord);
}

export function segmentLine(
  { key, origin, peaks, root, segment }: Said<SegmentRecord>,
  { prev, seq, time }: At,
): string {
  const kind = 'segment';
  return JSON.stringify({ key, kind, origin, peaks, prev, root, schema, segment, seq, time } satisfies SegmentRecord);
}

export function startLine({ torn, unsigned }: Said<StartRecord>, { prev, seq, time }: At): string {
  const left = torn === null ? null : { bytes: torn.bytes, digest: torn.digest };
  return JSON.stringify({ kind: 'start', prev, schema, seq, time, torn: left, unsigned } satisfies StartRecord);
}

export function checkpointLine({ note, peaks }: Said<CheckpointRecord>, { prev, seq, time }: At): string {
  return JSON.stringify({ kind: 'checkpoint', note, peaks, prev, schema, seq, time } satisfies CheckpointRecord);
}

export function rotationLine({ to }: Said<RotationRecord>, { prev, seq, time }: At): string {
  return JSON.stringify({ kind: 'rotation', prev, schema, seq, time, to } satisfies RotationRecord);
}

/** What a signature signs: its own line without itself. */
export function signedText(key: string, { prev, seq, time }: At): string {
  const kind = 'signature';
  return JSON.stringify({ key, kind, prev, schema, seq, time } satisfies Omit<SignatureRecord, 'signature'>);
}

export function signatureRecordLine({ key, signature }: Said<SignatureRecord>, { prev, seq, time }: At): string {
  const kind = 'signature';
  return JSON.stringify({ key, kind, prev, schema, seq, signature, time } satisfies SignatureRecord);
}
