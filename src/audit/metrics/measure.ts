import { AUDIT_METRICS_SCHEMA, type AuditMetricsReport, type MetricsWeek } from '../../model/audit-metrics.ts';
import type { Problem } from '../../model/place.ts';
import type { IntentRecord } from '../../model/record.ts';
import type { Question } from '../questions.ts';
import { startCounts } from './count.ts';
import { DEFINITIONS } from './definitions.ts';
import { eachIntent, type Unread } from './intents.ts';
import { questionMetrics } from './questions.ts';
import { isWhole, mondays, weekOf } from './weeks.ts';

/** Milliseconds since 1970; the second one is not part of it. */
export interface Period {
  since: number;
  until: number;
}

/** The files of one log in their order. */
export interface LogToRead {
  /** Names it in the report. */
  log: string;
  files: readonly { path: string; shown: string }[];
}

/** The three metrics of some logs and of what was asked about them, by week. `visit`: sees every call of the period, too. */
export function measure(
  logs: readonly LogToRead[],
  questions: readonly Question[],
  period: Period,
  visit: (intent: IntentRecord, log: string) => void = () => undefined,
): AuditMetricsReport {
  const counts = startCounts();
  const unread: Unread = { newer: 0, unreadable: 0 };
  const errors: Problem[] = [];
  const [since, until] = [new Date(period.since).toISOString(), new Date(period.until).toISOString()];
  const mondayOf = cachedMondays();
  const read = logs.map(({ log, files }) => {
    counts.nextLog();
    let calls = 0;
    for (const { path, shown } of files) {
      const problem = eachIntent(path, shown, unread, (intent) => {
        // Both are written in the same way, so that the letters come in the order of time.
        if (intent.time < since || intent.time >= until) return;
        calls++;
        counts.add(intent, mondayOf(intent.time.slice(0, 10)));
        visit(intent, log);
      });
      if (problem) errors.push(problem);
    }
    return { log, calls };
  });
  const asked = questions.filter(({ time }) => time >= since && time < until);
  const known = [...counts.mondays(), ...asked.map(({ time }) => mondayOf(time.slice(0, 10)))].sort();
  const [first, last] = [known[0], known.at(-1)];
  const weeks = first === undefined || last === undefined ? [] : mondays(first, last);
  return {
    schema: AUDIT_METRICS_SCHEMA,
    since,
    until,
    definitions: DEFINITIONS,
    logs: read,
    weeks: weeks.map(
      (monday): MetricsWeek => ({
        week: weekOf(monday).name,
        from: monday,
        whole: isWhole(monday, period.since, period.until),
        agents: counts.of(monday),
        questions: questionMetrics(asked.filter(({ time }) => mondayOf(time.slice(0, 10)) === monday)),
      }),
    ),
    agents: counts.all(),
    questions: questionMetrics(asked),
    unread,
    errors,
  };
}

/** Records come by the thousand on one day. */
function cachedMondays(): (day: string) => string {
  const known = new Map<string, string>();
  return (day) => {
    const monday = known.get(day) ?? weekOf(day).monday;
    if (known.size > 5000) known.clear();
    known.set(day, monday);
    return monday;
  };
}
