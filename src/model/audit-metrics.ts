import type { Problem } from './place.ts';

export const AUDIT_METRICS_SCHEMA = 'stakes/audit-metrics@1';

/** What one agent did, and what people did for it, in some time. */
export interface AgentMetrics {
  /** Null: all the agents together that are too many to be listed. */
  agent: string | null;
  /** Calls that were decided. */
  calls: number;
  /** Calls that the policy refused, for whatever reason. */
  denials: number;
  /** Of them those that were outside of what the agent was granted. */
  scopedDenials: number;
  /** `scopedDenials` ÷ `calls`. Null: there were no calls. */
  scopedDenialRate: number | null;
  approved: number;
  denied: number;
  /** Calls that nobody answered in time. */
  expired: number;
  /** How long calls waited for a person, together. */
  waitingHours: number;
  /** How long people can have looked at them, at most. */
  decidingHours: number;
}

/** Questions to the records, and how long they took. */
export interface QuestionMetrics {
  answered: number;
  /** Those that ended with an error. */
  failed: number;
  /** Of the answered ones. Null: there were none. */
  meanSeconds: number | null;
  longestSeconds: number | null;
}

export interface MetricsWeek {
  /** ISO 8601, such as `2026-W07`. */
  week: string;
  /** Its Monday, `YYYY-MM-DD`, UTC. */
  from: string;
  /** False: the period begins or ends within it. */
  whole: boolean;
  /** In the order of their names; those without calls are not here. */
  agents: AgentMetrics[];
  questions: QuestionMetrics;
}

/** What a number means, so that nobody has to guess. */
export interface MetricDefinition {
  id: 'scoped-denial-rate' | 'mean-time-to-audit' | 'manual-review-hours';
  title: string;
  unit: string;
  /** How it is counted. */
  counts: string;
  /** What a high and a low one tell. */
  tells: string;
}

export interface AuditMetricsReport {
  schema: typeof AUDIT_METRICS_SCHEMA;
  /** RFC 3339, UTC; the period begins with it. */
  since: string;
  /** The period ends before it. */
  until: string;
  definitions: readonly MetricDefinition[];
  /** The logs that were read. */
  logs: { log: string; calls: number }[];
  /** From the first week with anything in it to the last one. */
  weeks: MetricsWeek[];
  /** Of the whole period. */
  agents: AgentMetrics[];
  questions: QuestionMetrics;
  /** Lines that could not be counted: records of a newer version, and what is no record. */
  unread: { newer: number; unreadable: number };
  errors: Problem[];
}
