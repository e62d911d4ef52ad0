import {
  type AgentMetrics,
  AUDIT_METRICS_SCHEMA,
  type AuditMetricsReport,
  type MetricDefinition,
  type MetricsWeek,
  type QuestionMetrics,
} from '../model/audit-metrics.ts';
import { flag, type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const amount = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const perhaps = (description: string): JsonSchema => ({ type: ['number', 'null'], minimum: 0, description });
const listed = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });

const agent = whole<AgentMetrics>('One agent.', {
  agent: {
    type: ['string', 'null'],
    description: 'Its id. Null: all the agents together that are too many to be listed.',
  },
  calls: nat('Calls that were decided.'),
  denials: nat('Calls that the policy refused.'),
  scopedDenials: nat('Of them those outside of what the agent was granted.'),
  scopedDenialRate: {
    type: ['number', 'null'],
    minimum: 0,
    maximum: 1,
    description: '`scopedDenials` ÷ `calls`. Null: there were no calls.',
  },
  approved: nat('Calls that a person approved.'),
  denied: nat('Calls that a person denied.'),
  expired: nat('Calls that nobody answered in time.'),
  waitingHours: amount('How long calls waited for a person, together.'),
  decidingHours: amount('How long people can have looked at them, at most.'),
});

const questions = whole<QuestionMetrics>('Questions to the records on this machine.', {
  answered: nat('Questions that were answered.'),
  failed: nat('Questions that ended with an error.'),
  meanSeconds: perhaps('Mean time to the answer. Null: nothing was answered.'),
  longestSeconds: perhaps('The longest time to an answer. Null: nothing was answered.'),
});

const week = whole<MetricsWeek>('One week.', {
  week: { type: 'string', pattern: '^\\d{4}-W\\d{2}$', description: 'ISO 8601 week, in UTC.' },
  from: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Its Monday.' },
  whole: flag('Whether all of it is in the period.'),
  agents: listed('Agents with calls in it, by name.', agent),
  questions,
});

const definition = whole<MetricDefinition>('What a number means.', {
  id: oneOf(['scoped-denial-rate', 'mean-time-to-audit', 'manual-review-hours'], 'The metric.'),
  title: text('Its name for people.'),
  unit: text('What it is counted in.'),
  counts: text('How it is counted.'),
  tells: text('What a high and a low one tell.'),
});

/** `schemas/audit-metrics.schema.json`. */
export const auditMetricsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:audit-metrics:1',
  title: 'Stakes audit metrics',
  ...whole<Omit<AuditMetricsReport, 'errors'> & { errors: unknown[] }>(
    'Three numbers on what the records say, week by week.',
    {
      schema: { const: AUDIT_METRICS_SCHEMA, description: 'Version of this format; additions keep it.' },
      since: text('RFC 3339: the period begins with it.'),
      until: text('RFC 3339: the period ends before it.'),
      definitions: listed('What the numbers mean.', definition),
      logs: listed(
        'What was read.',
        whole<AuditMetricsReport['logs'][number]>('One log.', {
          log: text('Its name.'),
          calls: nat('Calls of it in the period.'),
        }),
      ),
      weeks: listed('From the first week with anything in it to the last one.', week),
      agents: listed('The whole period, by agent.', agent),
      questions: { ...questions, description: 'The whole period.' },
      unread: whole<AuditMetricsReport['unread']>('Lines that were not counted.', {
        newer: nat('Records of a newer version.'),
        unreadable: nat('Lines that are no record, or half of one.'),
      }),
      errors: listed('What could not be read.', problem),
    },
  ),
};
