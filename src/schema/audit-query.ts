import {
  AUDIT_QUERY_SCHEMA,
  type AuditQueryReport,
  type CallRow,
  type LogRead,
  READ_VERDICTS,
  type ReadRemark,
} from '../model/audit-query.ts';
import { LOG_FAULTS, LOG_REMARKS } from '../model/audit-report.ts';
import { OUTCOMES } from '../model/record.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';
import { intentFields } from './record.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const amount = (description: string): JsonSchema => ({ type: ['number', 'null'], minimum: 0, description });

const call = whole<CallRow>('A call and what became of it.', {
  log: text('Which log it is in.'),
  seq: nat('Number of its record in that log.'),
  time: text('When it was asked for: RFC 3339, UTC.'),
  ...intentFields,
  outcome: {
    enum: [...OUTCOMES, null],
    description:
      '`refused`: never forwarded; `lost`: forwarded, and no answer came. Null: no record of it, as while the call runs.',
  },
  settledUsd: amount('US dollars spent. Null: not known.'),
  durationMs: amount('From the intent to the outcome. Null: not known.'),
});

/** A log that was read for an answer. */
export const logRead = whole<LogRead>('A log that was read.', {
  path: text('Its folder or file, with `/`.'),
  origin: sayable('Which log it is. Null: no header was read.'),
  verdict: oneOf(
    READ_VERDICTS,
    '`not-verified`: nothing was checked, so whoever can write the files can have changed them; the others as `stakes audit verify` says them.',
  ),
  files: nat('Files.'),
  lines: nat('Lines of all kinds.'),
  calls: nat('Calls in it, asked for or not.'),
  outcomes: nat('Outcomes of calls.'),
  first: sayable('Time of the first line. Null: there is none.'),
  last: sayable('Time of the last line.'),
});

/** What is odd about what was read for an answer. */
export const readRemark = whole<ReadRemark>('Something odd about the lines, once for each log and kind.', {
  code: oneOf([...LOG_FAULTS, ...LOG_REMARKS, 'late-outcome', 'not-verified-yet'], 'Stable.'),
  severity: oneOf(['error', 'warning'], '`error`: the answer may lack calls, or have some that were never made.'),
  message: text('What it is.'),
  file: text('Where it was first, with `/`.'),
  line: { type: ['integer', 'null'], minimum: 1, description: 'From 1. Null: about all of the file.' },
  count: { type: 'integer', minimum: 1, description: 'How often.' },
});

/** `schemas/audit-query.schema.json`. */
export const auditQuerySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:audit-query:1',
  title: 'Stakes audit query',
  ...whole<Omit<AuditQueryReport, 'errors'> & { errors: unknown[] }>('Calls that fit a question.', {
    schema: { const: AUDIT_QUERY_SCHEMA, description: 'Version of this format; additions keep it.' },
    calls: {
      type: 'array',
      items: call,
      description: 'Log by log in their order; with --limit the latest of all logs, by their times.',
    },
    found: nat('Calls that fit, those that a limit left out among them.'),
    shown: nat('Calls that are listed.'),
    logs: { type: 'array', items: logRead, description: 'What was read.' },
    remarks: { type: 'array', items: readRemark, description: 'What a reader of the answer has to know.' },
    errors: { type: 'array', items: problem, description: 'What could not be read.' },
  }),
};
