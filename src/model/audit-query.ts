import type { LogFindingCode, LogSummary } from './audit-report.ts';
import type { Problem } from './place.ts';
import type { IntentRecord, OUTCOMES } from './record.ts';

export const AUDIT_QUERY_SCHEMA = 'stakes/audit-query@1';

/** A call and what became of it: an intent with its outcome. */
export interface CallRow extends Omit<IntentRecord, 'schema' | 'kind' | 'prev'> {
  /** Which log it is in. */
  log: string;
  /** Null: none was read, as while the call runs or after its gate was killed. */
  outcome: (typeof OUTCOMES)[number] | null;
  /** US dollars. */
  settledUsd: number | null;
  durationMs: number | null;
}

/** `not-verified`: nothing was checked, so whoever can write the files can have changed them. */
export const READ_VERDICTS = ['not-verified', 'intact', 'unproven', 'unfinished', 'broken'] as const;

/** What was read of one log. */
export interface LogRead {
  /** Path, with `/`. */
  path: string;
  /** Null: no header was read. */
  origin: string | null;
  verdict: (typeof READ_VERDICTS)[number] & (LogSummary['verdict'] | 'not-verified');
  files: number;
  /** Lines of all kinds. */
  lines: number;
  calls: number;
  outcomes: number;
  /** Times of the first and the last line. Null: there is none. */
  first: string | null;
  last: string | null;
}

/** Something about the lines that a reader of the answer has to know, once for each log and kind. */
export interface ReadRemark {
  code: LogFindingCode | 'late-outcome' | 'not-verified-yet';
  /** `error`: the answer may lack calls, or have some that were never made. */
  severity: 'error' | 'warning';
  message: string;
  /** Where it was first, with `/`. */
  file: string;
  /** From 1. Null: about the whole file. */
  line: number | null;
  /** How often. */
  count: number;
}

/** What is known when every line was read. */
export interface ReadSummary {
  /** Calls that fit the question, those that were left out by a limit among them. */
  found: number;
  shown: number;
  logs: LogRead[];
  remarks: ReadRemark[];
  errors: Problem[];
}

export interface AuditQueryReport extends ReadSummary {
  schema: typeof AUDIT_QUERY_SCHEMA;
  calls: CallRow[];
}
