import {
  AUDIT_VERIFY_SCHEMA,
  type AuditVerifyReport,
  LOG_FAULTS,
  LOG_REMARKS,
  LOG_VERDICTS,
  type LogFinding,
  type LogKey,
  type LogSummary,
  type VerifiedLog,
} from '../model/audit-report.ts';
import { flag, type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });

const key = whole<LogKey>('A key that signed.', {
  key: text('C2SP verifier key.'),
  trusted: flag('It is one that was given.'),
  signatures: nat('Signatures of it that hold.'),
});

const summary = whole<LogSummary>('What was read.', {
  verdict: oneOf(
    LOG_VERDICTS,
    '`intact`: nothing is wrong, under a key that was given; `unproven`: nothing is wrong, but no key was given, so anybody may have written it; `unfinished`: nothing is wrong but that no signature covers the end; `broken`: something is wrong.',
  ),
  origin: sayable('Which log it is. Null: no header could be read.'),
  files: nat('Files.'),
  lines: nat('Lines of all kinds.'),
  intents: nat('Calls.'),
  outcomes: nat('Outcomes of calls.'),
  from: nat('`seq` of the first line.'),
  size: nat('Lines of the whole log up to the last one read.'),
  signed: nat('Lines of the whole log that stand under a signature; `size` where all do.'),
  keys: { type: 'array', items: key, description: 'In the order in which they signed.' },
  first: sayable('Time of the first line.'),
  last: sayable('Time of the last line.'),
  checkpoint: sayable(
    'The last checkpoint in it, a C2SP signed note: keep it elsewhere, and give it back with --checkpoint.',
  ),
});

const finding = whole<LogFinding>(
  'What is wrong or worth knowing.',
  {
    code: oneOf([...LOG_FAULTS, ...LOG_REMARKS], 'Stable.'),
    severity: oneOf(['error', 'warning'], '`error`: the log is not as it was written.'),
    message: text('What it is.'),
    file: text('Path, with `/`.'),
    line: { type: ['integer', 'null'], minimum: 1, description: 'From 1. Null: about all of the file.' },
    help: text('What to do.'),
  },
  ['help'],
);

const results = {
  log: { anyOf: [summary, { type: 'null' }], description: 'Null: there was no log to read, or there were several.' },
  findings: { type: 'array', items: finding, description: 'In the order of the log.' },
  more: nat('Findings that are counted and not listed.'),
} as const;

const one = whole<VerifiedLog>('One of several logs.', { path: text('Its folder, with `/`.'), ...results });

/** `schemas/audit-verify.schema.json`. */
export const auditVerifySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:audit-verify:1',
  title: 'Stakes audit verification',
  ...whole<Omit<AuditVerifyReport, 'errors'> & { errors: unknown[] }>(
    'Whether a log is as it was written.',
    {
      schema: { const: AUDIT_VERIFY_SCHEMA, description: 'Version of this format; additions keep it.' },
      ...results,
      logs: { type: 'array', items: one, description: 'Where a folder has several logs: each by itself.' },
      errors: { type: 'array', items: problem, description: 'What could not be read.' },
    },
    ['logs'],
  ),
};
