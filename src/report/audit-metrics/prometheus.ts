import type { AgentMetrics, AuditMetricsReport } from '../../model/audit-metrics.ts';
import type { Format } from '../context.ts';

/** One line of a metric: its labels and its value. */
interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

interface Metric {
  name: string;
  help: string;
  samples: Sample[];
}

/** The text format of Prometheus, version 0.0.4. Source: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const format: Format<AuditMetricsReport> = (report) =>
  metricsOf(report)
    .filter(({ samples }) => samples.length > 0)
    .map(textOf)
    .join('');

function metricsOf({ weeks, definitions, unread }: AuditMetricsReport): Metric[] {
  const counts = (id: string) => definitions.find((each) => each.id === id)?.counts ?? '';
  const byAgent = (name: string, help: string, value: (metrics: AgentMetrics) => number | null): Metric => ({
    name,
    help,
    samples: weeks.flatMap(({ week, agents }) =>
      agents.flatMap((metrics) => sample({ agent: metrics.agent ?? 'all others', week }, value(metrics))),
    ),
  });
  const review = (answer: 'approved' | 'denied' | 'expired') =>
    weeks.flatMap(({ week, agents }) =>
      agents.flatMap((each) => sample({ agent: each.agent ?? 'all others', week, answer }, each[answer])),
    );
  const asked = weeks.filter(({ questions: { answered, failed } }) => answered + failed > 0);
  return [
    byAgent('stakes_audit_calls', 'Calls that were decided, by week.', ({ calls }) => calls),
    byAgent('stakes_audit_denials', 'Calls that the policy refused, by week.', ({ denials }) => denials),
    byAgent('stakes_audit_scoped_denials', 'Calls outside of what is granted, by week.', (each) => each.scopedDenials),
    byAgent('stakes_audit_scoped_denial_ratio', counts('scoped-denial-rate'), (each) => each.scopedDenialRate),
    {
      name: 'stakes_audit_reviews',
      help: 'Calls that asked a person, by week and answer.',
      samples: [...review('approved'), ...review('denied'), ...review('expired')],
    },
    byAgent(
      'stakes_audit_review_waiting_hours',
      'How long calls waited for a person, by week.',
      (each) => each.waitingHours,
    ),
    byAgent(
      'stakes_audit_review_deciding_hours',
      'How long people can have looked at calls that asked, at most, by week.',
      (each) => each.decidingHours,
    ),
    {
      name: 'stakes_audit_questions',
      help: 'Questions to the records, by week and whether there was an answer.',
      samples: asked.flatMap(({ week, questions: { answered, failed } }) => [
        ...sample({ week, answered: 'true' }, answered),
        ...sample({ week, answered: 'false' }, failed),
      ]),
    },
    {
      name: 'stakes_audit_question_mean_seconds',
      help: counts('mean-time-to-audit'),
      samples: asked.flatMap(({ week, questions }) => sample({ week }, questions.meanSeconds)),
    },
    {
      name: 'stakes_audit_unread_lines',
      help: 'Lines of the logs that could not be counted.',
      samples: [
        { labels: { because: 'newer' }, value: unread.newer },
        { labels: { because: 'unreadable' }, value: unread.unreadable },
      ],
    },
  ];
}

const sample = (labels: Sample['labels'], value: number | null): Sample[] =>
  value === null ? [] : [{ labels, value }];

/** All of them are gauges: a week that ends takes its numbers with it. */
function textOf({ name, help, samples }: Metric): string {
  const lines = samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`);
    return `${name}{${pairs.join(',')}} ${value}\n`;
  });
  return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
