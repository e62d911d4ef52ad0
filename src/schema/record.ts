import {
  APPROVAL_ANSWERS,
  type ApprovalRecord,
  type CheckpointRecord,
  type Envelope,
  type IntentRecord,
  OUTCOMES,
  type OutcomeRecord,
  RECORD_MODES,
  RECORD_SCHEMA,
  type RecordKind,
  type RotationRecord,
  type SegmentRecord,
  type SignatureRecord,
  type StartRecord,
} from '../model/record.ts';
import { ACCESSES } from '../model/vocabulary.ts';
import { type JsonSchema, mapOf, oneOf, text, whole } from './json-schema.ts';

const sha256 = (description: string): JsonSchema => ({ type: 'string', description, pattern: '^sha256:[0-9a-f]{64}$' });
const base64 = (description: string): JsonSchema => ({
  type: 'string',
  description,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
});
const number = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const said = (description: string): JsonSchema => ({ type: 'string', description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const key = text('C2SP verifier key: name, key id and public key, with plus signs between them.');
const peaks: JsonSchema = {
  type: 'array',
  items: base64('SHA-256.'),
  description: 'Roots of the perfect subtrees that the root is made of, the largest first.',
};

const envelope = (kind: RecordKind): { [K in keyof Envelope]: JsonSchema } => ({
  schema: { const: RECORD_SCHEMA, description: 'Version of this format; additions keep it.' },
  kind: { const: kind, description: 'What the line is.' },
  seq: nat('Number of the line in the whole log, from 0, over all files.'),
  prev: sha256(
    'SHA-256 of a zero byte and the line before, without its line feed, which is its RFC 6962 leaf hash, too; of nothing for the first line of a log.',
  ),
  time: {
    type: 'string',
    description: 'RFC 3339, UTC, with milliseconds.',
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  },
});

const segment = whole<SegmentRecord>('The first line of every file.', {
  ...envelope('segment'),
  origin: text('Which log this is; also the name of its keys.'),
  segment: { type: 'integer', minimum: 1, description: 'Number of the file.' },
  key,
  root: base64('RFC 6962 root of all lines before this one.'),
  peaks,
});

const torn: JsonSchema = {
  anyOf: [
    whole<NonNullable<StartRecord['torn']>>('Kept in a file of its own.', {
      bytes: { type: 'integer', minimum: 1, description: 'How much of it there was.' },
      digest: sha256('Of what there was.'),
    }),
    { type: 'null' },
  ],
  description: 'What was left of a line that was written only in part. Null: nothing.',
};

const start = whole<StartRecord>('A writer begins to write.', {
  ...envelope('start'),
  unsigned: nat('Lines right before this one that were under no signature; they are signed as they were found.'),
  torn,
});

const approval = whole<ApprovalRecord>('What a person said.', {
  answer: oneOf(APPROVAL_ANSWERS, 'The answer.'),
  by: sayable('Who. Null: nobody answered.'),
  channel: said('By which channel; where nobody answered, all that were asked by.'),
  waitedSeconds: number('From asking to the answer.'),
  reason: sayable('What the person wrote. Null: nothing.'),
});

/** What an intent says besides where it stands. */
export const intentFields: { [K in Exclude<keyof IntentRecord, keyof Envelope>]: JsonSchema } = {
  agent: said('Who calls.'),
  tool: said('`server/tool`, or the bare name of a tool of the host.'),
  session: said('In which session.'),
  arguments: sha256(
    "Of the arguments' canonical JSON; by the rule `unfit`, of the whole message. No argument is in a record but for `fields`.",
  ),
  fields: mapOf(
    'Fields that the policy shows, by JSON Pointer; what is long, no scalar or looks like a secret is its digest.',
    {
      type: ['string', 'number', 'boolean', 'null'],
    },
  ),
  decision: oneOf(ACCESSES, 'What the policy said.'),
  rule: said('Which part of the policy decided.'),
  reason: said('In words.'),
  policy: sha256('Of the policy.'),
  mode: oneOf(RECORD_MODES, '`shadow`: nothing was stopped, whatever the decision.'),
  approval: {
    anyOf: [approval, { type: 'null' }],
    description: 'Null: nobody was asked, or the call was given up before an answer.',
  },
  reservedUsd: number('US dollars set aside for the call.'),
};

const intent = whole<IntentRecord>('A call, written before anything is forwarded.', {
  ...envelope('intent'),
  ...intentFields,
});

const outcome = whole<OutcomeRecord>('What became of a call.', {
  ...envelope('outcome'),
  intent: nat('`seq` of its intent.'),
  outcome: oneOf(OUTCOMES, '`refused`: never forwarded; `lost`: forwarded, and no answer came.'),
  settledUsd: number('US dollars spent.'),
  durationMs: number('From the intent to here.'),
});

const signature = whole<SignatureRecord>(
  'Ed25519 over the canonical JSON of this very record without `signature`, and so over every line before, by `prev`.',
  {
    ...envelope('signature'),
    key: { type: 'string', description: 'Key id, as in the verifier key.', pattern: '^[0-9a-f]{8}$' },
    signature: base64('64 bytes.'),
  },
);

const checkpoint = whole<CheckpointRecord>('A C2SP checkpoint of all lines before this one.', {
  ...envelope('checkpoint'),
  note: text('The signed note, whole.'),
  peaks,
});

const rotation = whole<RotationRecord>('After the next signature, which is still of the old key, this key signs.', {
  ...envelope('rotation'),
  to: key,
});

/** `schemas/audit-record.schema.json`. */
export const recordSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:record:1',
  title: 'Stakes audit record',
  description:
    'One line of a log: canonical JSON (RFC 8785), chained, and under a signature. A reader passes over kinds and fields that it does not know.',
  anyOf: [segment, start, intent, outcome, signature, checkpoint, rotation],
};
