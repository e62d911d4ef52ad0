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
import { nameJson, reasonJson } from './words.ts';

/** Where a line goes. */
export type At = Pick<Envelope, 'prev' | 'seq' | 'time'>;
/** What a record says besides where it stands. */
export type Said<T extends Envelope> = Omit<T, keyof Envelope>;

const schema = RECORD_SCHEMA;

// Keys stand in the order that RFC 8785 wants, which makes `JSON.stringify` canonical; a test holds it. A library that sorts
// would take as long as everything else that a record costs. What comes with every call is put together from parts whose JSON
// is known.

export function intentLine(
  said: Omit<Said<IntentRecord>, 'arguments' | 'fields'>,
  digest: string,
  fields: IntentRecord['fields'],
  { prev, seq, time }: At,
): string {
  const { agent, approval, decision, mode, policy, reservedUsd, rule, session } = said;
  return (
    `{"agent":${nameJson(agent)},"approval":${approval === null ? 'null' : approvalJson(approval)},` +
    `"arguments":${JSON.stringify(digest)},"decision":"${decision}","fields":${JSON.stringify(fields)},` +
    `"kind":"intent","mode":"${mode}","policy":${nameJson(policy)},"prev":"${prev}",` +
    `"reason":${reasonJson(said.reason)},"reservedUsd":${JSON.stringify(reservedUsd)},"rule":${nameJson(rule)},` +
    `"schema":"${schema}","seq":${seq},"session":${nameJson(session)},"time":"${time}","tool":${nameJson(said.tool)}}`
  );
}

function approvalJson({ answer, by, channel, reason, waitedSeconds }: ApprovalRecord): string {
  return (
    `{"answer":"${answer}","by":${by === null ? 'null' : nameJson(by)},"channel":${nameJson(channel)},` +
    `"reason":${reason === null ? 'null' : reasonJson(reason)},"waitedSeconds":${JSON.stringify(waitedSeconds)}}`
  );
}

export function outcomeLine({ durationMs, intent, outcome, settledUsd }: Said<OutcomeRecord>, at: At): string {
  return (
    `{"durationMs":${JSON.stringify(durationMs)},"intent":${intent},"kind":"outcome","outcome":"${outcome}",` +
    `"prev":"${at.prev}","schema":"${schema}","seq":${at.seq},"settledUsd":${JSON.stringify(settledUsd)},"time":"${at.time}"}`
  );
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
