import type { Problem } from './place.ts';

export const AUDIT_VERIFY_SCHEMA = 'stakes/audit-verify@1';

/** What can be found in a log. The first ones make it unfit as evidence; the others are told. */
export const LOG_FAULTS = [
  'not-a-record',
  'not-canonical',
  'newer-version',
  'torn-line',
  'long-line',
  'gap',
  'out-of-order',
  'chain',
  'mixed-segments',
  'missing-segment',
  'missing-start',
  'root',
  'signature',
  'other-key',
  'other-log',
  'unsigned-tail',
  'checkpoint-mismatch',
  'truncated',
] as const;
/** Of the faults those that a killed writer leaves, too, until the next one starts. */
export const LOG_TAILS = ['torn-line', 'unsigned-tail'] as const satisfies (typeof LOG_FAULTS)[number][];
export const LOG_REMARKS = ['clock', 'found-unsigned', 'found-torn', 'unknown-kind', 'starts-late'] as const;
export type LogFindingCode = (typeof LOG_FAULTS)[number] | (typeof LOG_REMARKS)[number];

export interface LogFinding {
  code: LogFindingCode;
  severity: 'error' | 'warning';
  message: string;
  /** With `/`. */
  file: string;
  /** From 1. Null: about the whole file or log. */
  line: number | null;
  help?: string;
}

/**
 * `intact`: nothing is wrong, under a key that the caller trusts. `unproven`: nothing is wrong, but no trusted key was given, so
 * anybody may have written it. `unfinished`: nothing is wrong but that no signature covers the end. `broken`: something is wrong.
 */
export const LOG_VERDICTS = ['intact', 'unproven', 'unfinished', 'broken'] as const;

export interface LogKey {
  /** C2SP verifier key. */
  key: string;
  trusted: boolean;
  /** Signatures of this key that hold. */
  signatures: number;
}

/** What was read of one log. */
export interface LogSummary {
  verdict: (typeof LOG_VERDICTS)[number];
  /** Null: no header could be read. */
  origin: string | null;
  files: number;
  /** Of all kinds. */
  lines: number;
  intents: number;
  outcomes: number;
  /** `seq` of the first line. */
  from: number;
  /** Lines of the whole log up to the last one read, with those before the first file. */
  size: number;
  /** Lines of the whole log that stand under a signature: `size` where all do. */
  signed: number;
  /** In the order in which they signed. */
  keys: LogKey[];
  /** Times of the first and the last line. Null: there is none. */
  first: string | null;
  last: string | null;
  /** The last checkpoint in it, a signed note: kept elsewhere, it shows later whether anything was cut off. Null: there is none. */
  checkpoint: string | null;
}

/** One of several logs. */
export interface VerifiedLog {
  /** Its folder, with `/`. */
  path: string;
  log: LogSummary | null;
  findings: LogFinding[];
  more: number;
}

export interface AuditVerifyReport {
  schema: typeof AUDIT_VERIFY_SCHEMA;
  /** Null: there was no log to read, or there were several. */
  log: LogSummary | null;
  /** In the order of the log. */
  findings: LogFinding[];
  /** Findings that are counted and not listed. */
  more: number;
  /** Where a folder has several logs: each by itself. */
  logs?: VerifiedLog[];
  errors: Problem[];
}
