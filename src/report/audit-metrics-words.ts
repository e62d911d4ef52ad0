import type { AgentMetrics, AuditMetricsReport, MetricsWeek, QuestionMetrics } from '../model/audit-metrics.ts';
import { shown } from './shown.ts';
import { count } from './words.ts';

export interface MetricTable {
  id: AuditMetricsReport['definitions'][number]['id'];
  head: readonly string[];
  /** The last one is of the whole period. */
  rows: readonly (readonly string[])[];
}

/** Each metric as a table: one row for each week and agent, then the whole period. */
export function metricTables({ weeks, agents, questions }: AuditMetricsReport): MetricTable[] {
  const byAgent = (cells: (metrics: AgentMetrics) => string[], has: (metrics: AgentMetrics) => boolean) => [
    ...weeks.flatMap((week) =>
      week.agents.filter(has).map((metrics) => [weekName(week), agentName(metrics), ...cells(metrics)]),
    ),
    ...agents.filter(has).map((metrics) => ['all', agentName(metrics), ...cells(metrics)]),
  ];
  const asked = weeks.filter(({ questions: { answered, failed } }) => answered + failed > 0);
  return [
    {
      id: 'scoped-denial-rate',
      head: ['week', 'agent', 'calls', 'refused', 'out of scope', 'rate'],
      rows: byAgent(
        ({ calls, denials, scopedDenials, scopedDenialRate }) => [
          String(calls),
          String(denials),
          String(scopedDenials),
          percent(scopedDenialRate),
        ],
        () => true,
      ),
    },
    {
      id: 'mean-time-to-audit',
      head: ['week', 'answered', 'failed', 'mean', 'longest'],
      rows: [
        ...asked.map((week) => [weekName(week), ...questionCells(week.questions)]),
        ...(asked.length > 0 ? [['all', ...questionCells(questions)]] : []),
      ],
    },
    {
      id: 'manual-review-hours',
      head: ['week', 'agent', 'approved', 'denied', 'expired', 'waiting', 'deciding'],
      rows: byAgent(
        ({ approved, denied, expired, waitingHours, decidingHours }) => [
          String(approved),
          String(denied),
          String(expired),
          `${waitingHours.toFixed(2)} h`,
          `${decidingHours.toFixed(2)} h`,
        ],
        ({ approved, denied, expired }) => approved + denied + expired > 0,
      ),
    },
  ];
}

/** What is said where a metric has no rows. */
export const NOTHING_OF: Record<MetricTable['id'], string> = {
  'scoped-denial-rate': 'no calls were recorded in this time',
  'mean-time-to-audit': 'nobody asked the records anything on this machine in this time',
  'manual-review-hours': 'no call asked a person in this time',
};

/** What was not counted, so that nobody takes the numbers for more than they are. */
export function unreadWords({ unread: { newer, unreadable } }: AuditMetricsReport): string[] {
  return [
    ...(newer > 0 ? [`${count(newer, 'record')} of a newer version of stakes ${were(newer)} not counted`] : []),
    ...(unreadable > 0
      ? [`${count(unreadable, 'line')} that ${are(unreadable)} no record ${were(unreadable)} not counted`]
      : []),
  ];
}

const were = (number: number) => (number === 1 ? 'was' : 'were');
const are = (number: number) => (number === 1 ? 'is' : 'are');

export const agentName = ({ agent }: AgentMetrics): string => (agent === null ? 'all others' : shown(agent, 40));

/** With a star where the period has only a part of it. */
const weekName = ({ week, whole }: MetricsWeek): string => (whole ? week : `${week}*`);

export const isPartial = ({ weeks }: AuditMetricsReport): boolean => weeks.some(({ whole }) => !whole);

const questionCells = ({ answered, failed, meanSeconds, longestSeconds }: QuestionMetrics): string[] => [
  String(answered),
  String(failed),
  seconds(meanSeconds),
  seconds(longestSeconds),
];

const percent = (rate: number | null): string => (rate === null ? '-' : `${(rate * 100).toFixed(2)}%`);

function seconds(length: number | null): string {
  if (length === null) return '-';
  return length < 120 ? `${length.toFixed(length < 10 ? 2 : 0)} s` : `${(length / 60).toFixed(0)} min`;
}
