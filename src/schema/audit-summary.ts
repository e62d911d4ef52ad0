import {
  type AgentSummary,
  type ApproverTally,
  AUDIT_SUMMARY_SCHEMA,
  type AuditSummaryReport,
  type PolicyUse,
  type ToolTally,
} from '../model/audit-summary.ts';
import { OUTCOMES } from '../model/record.ts';
import { ACCESSES } from '../model/vocabulary.ts';
import { logRead, readRemark } from './audit-query.ts';
import { type JsonSchema, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const amount = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });

function counts<T extends string>(names: readonly T[], description: string): JsonSchema {
  const properties = Object.fromEntries(names.map((name) => [name, nat(`\`${name}\`.`)])) as Record<T, JsonSchema>;
  return whole<Record<T, number>>(description, properties as { [K in T]-?: JsonSchema });
}

const decisions = counts(ACCESSES, 'Calls by what the policy said.');

const tool = whole<ToolTally>('Calls of one tool.', {
  tool: { type: 'string', description: 'Its name.' },
  calls: nat('Calls.'),
  decisions,
  usd: amount('US dollars spent.'),
  highStakes: {
    type: ['boolean', 'null'],
    description: 'Under any policy that decided. Null: none of them was given, or it does not list the tool.',
  },
});

const approver = whole<ApproverTally>('Answers of one person.', {
  by: sayable('Who. Null: nobody answered.'),
  approved: nat('Calls approved.'),
  denied: nat('Calls denied.'),
  expired: nat('Calls that were not answered in time.'),
  waitedMean: amount('Seconds from asking to the answer, on average.'),
  waitedLongest: amount('The longest of them.'),
});

const agent = whole<AgentSummary>('What one agent did.', {
  agent: { type: 'string', description: 'Its id.' },
  calls: nat('Calls.'),
  sessions: nat('Sessions with a call.'),
  first: sayable('Time of its first call. Null: it made none.'),
  last: sayable('Time of its last call.'),
  decisions,
  outcomes: counts([...OUTCOMES, 'none'], 'Calls by what became of them; `none`: no record of it.'),
  tools: list(tool, 'The most called first.'),
  highStakes: counts(['calls', 'unknown'], 'Calls of high-stakes tools; `unknown`: no policy that was given says.'),
  approvals: list(approver, 'Who answered the most first.'),
  denials: list(
    whole<{ rule: string; calls: number }>('Calls refused by one rule.', {
      rule: { type: 'string', description: 'Which part of the policy.' },
      calls: nat('Calls.'),
    }),
    'The most frequent first.',
  ),
  usd: whole<AgentSummary['usd']>('US dollars.', {
    settled: amount('Spent.'),
    open: amount('Set aside for calls of which no outcome is known.'),
  }),
  shadow: nat('Calls that shadow mode let through although the policy refuses them or wants a person.'),
  quiet: {
    type: ['array', 'null'],
    items: { type: 'string' },
    description: 'Tools that it may call and did not. Null: no policy of it was given.',
  },
  others: nat('What is beyond the 1,000 names that are counted one by one.'),
});

/** `schemas/audit-report.schema.json`. */
export const auditSummarySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:audit-report:1',
  title: 'Stakes audit report',
  ...whole<Omit<AuditSummaryReport, 'errors'> & { errors: unknown[] }>('What agents did in some time.', {
    schema: { const: AUDIT_SUMMARY_SCHEMA, description: 'Version of this format; additions keep it.' },
    since: sayable('The first moment. Null: from the first record.'),
    until: sayable('The moment after the last. Null: to the last record.'),
    calls: nat('Calls of all agents.'),
    agents: list(agent, 'The busiest first, and those of given policies that made no call.'),
    policies: list(
      whole<PolicyUse>('A policy that decided, or was given.', {
        digest: text('SHA-256 of its file.'),
        file: sayable('Its path. Null: it was not given.'),
        calls: nat('Calls that it decided.'),
      }),
      'Policies.',
    ),
    logs: list(logRead, 'What was read.'),
    remarks: list(readRemark, 'What a reader of the answer has to know.'),
    errors: list(problem, 'What could not be read.'),
  }),
};
