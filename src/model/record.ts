import type { Access } from './vocabulary.ts';

export const RECORD_SCHEMA = 'stakes/record@1';

/** What a line of a log can be; a reader passes over kinds that it does not know. */
export const RECORD_KINDS = ['segment', 'start', 'intent', 'outcome', 'signature', 'checkpoint', 'rotation'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** On every line. A line is the canonical JSON (RFC 8785) of one record and a line feed. */
export interface Envelope {
  schema: typeof RECORD_SCHEMA;
  kind: RecordKind;
  /** Number of the line in the whole log, from 0, over all of its segments. */
  seq: number;
  /**
   * `sha256:` and the hexadecimal SHA-256 of a zero byte and the line before, without its line feed: its RFC 6962 leaf hash.
   * Of nothing for the first line of a log.
   */
  prev: string;
  /** RFC 3339, UTC, milliseconds: the clock of the machine, as it was. */
  time: string;
}

/** The first line of every file. */
export interface SegmentRecord extends Envelope {
  kind: 'segment';
  /** Which log this is; also the name of its keys. */
  origin: string;
  /** Number of the file, from 1. */
  segment: number;
  /** The key that signs from here on, as a C2SP verifier key: name, key id and public key. */
  key: string;
  /** Base64 RFC 6962 root of all lines before this one. */
  root: string;
  /** Base64 roots of the perfect subtrees that `root` is made of, the largest first: from them a file can be checked alone. */
  peaks: string[];
}

/** A writer begins to write. */
export interface StartRecord extends Envelope {
  kind: 'start';
  /** Lines right before this one that were under no signature, as a killed writer leaves them: they are signed as they were found. */
  unsigned: number;
  /** What was left of a line that was written only in part. It is kept in a file of its own. Null: nothing. */
  torn: { bytes: number; digest: string } | null;
}

export const APPROVAL_ANSWERS = ['approved', 'denied', 'expired'] as const;

/** What a person said to a call that asks. */
export interface ApprovalRecord {
  answer: (typeof APPROVAL_ANSWERS)[number];
  /** Who; null: nobody answered. */
  by: string | null;
  /** By which channel; where nobody answered, all that were asked by, with commas. */
  channel: string;
  /** From asking to the answer. */
  waitedSeconds: number;
  /** What the person wrote; null: nothing. */
  reason: string | null;
}

export const RECORD_MODES = ['enforce', 'shadow'] as const;

/** A call, written before anything is forwarded. No argument is in it, but for the fields that the policy names. */
export interface IntentRecord extends Envelope {
  kind: 'intent';
  agent: string;
  /** `server/tool`, or the bare name of a host's own tool. */
  tool: string;
  session: string;
  /** `sha256:` of the arguments' canonical JSON; by the rule `unfit`, of the message, whose arguments nobody can tell. */
  arguments: string;
  /** The policy's record fields by their JSON Pointer, at most 50; what is long, no scalar or looks like a secret is a digest. */
  fields: Record<string, string | number | boolean | null>;
  decision: Access;
  /** Which part of the policy decided. */
  rule: string;
  reason: string;
  /** `sha256:` of the policy. */
  policy: string;
  /** `shadow`: nothing was stopped, whatever the decision. */
  mode: (typeof RECORD_MODES)[number];
  /** Null: nobody was asked, or the call was given up before an answer. */
  approval: ApprovalRecord | null;
  /** US dollars set aside for the call. */
  reservedUsd: number;
}

export const OUTCOMES = ['ok', 'error', 'refused', 'cancelled', 'timed-out', 'lost'] as const;

/** What became of a call. */
export interface OutcomeRecord extends Envelope {
  kind: 'outcome';
  /** `seq` of its intent. */
  intent: number;
  /** `refused`: never forwarded; `lost`: forwarded, and no answer came. */
  outcome: (typeof OUTCOMES)[number];
  /** US dollars spent. */
  settledUsd: number;
  durationMs: number;
}

/** Over the canonical JSON of this very record without `signature`, and so over every line before, by `prev`. */
export interface SignatureRecord extends Envelope {
  kind: 'signature';
  /** Key id: eight hexadecimal digits, as in the verifier key. */
  key: string;
  /** Base64 Ed25519. */
  signature: string;
}

/** A C2SP checkpoint of all lines before this one. */
export interface CheckpointRecord extends Envelope {
  kind: 'checkpoint';
  /** The signed note, whole. */
  note: string;
  /** As in a segment's header, of the tree that the note is about. */
  peaks: string[];
}

/** After the next signature, which is still the old key's, this key signs. */
export interface RotationRecord extends Envelope {
  kind: 'rotation';
  /** A C2SP verifier key. */
  to: string;
}

export type AuditRecord =
  | SegmentRecord
  | StartRecord
  | IntentRecord
  | OutcomeRecord
  | SignatureRecord
  | CheckpointRecord
  | RotationRecord;
