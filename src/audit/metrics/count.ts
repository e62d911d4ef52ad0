import type { AgentMetrics } from '../../model/audit-metrics.ts';
import type { IntentRecord } from '../../model/record.ts';
import { timeOf } from '../time-text.ts';
import { SCOPE_RULES } from './definitions.ts';

type Sums = Omit<AgentMetrics, 'agent' | 'scopedDenialRate' | 'waitingHours' | 'decidingHours'> & {
  waitingSeconds: number;
  decidingSeconds: number;
};

/** Who wrote a log may have named any number of agents in it. */
const MOST_AGENTS = 1000;
const MOST_PEOPLE = 10_000;
/** Of all the agents beyond those. */
const OTHERS = '';

/** Counts calls by agent, and by agent and week; what it keeps does not grow with the calls. */
export interface Counts {
  /** One call, which was decided in the week that begins on this Monday. Within one log they come in their order. */
  add(intent: IntentRecord, monday: string): void;
  /** Another log begins: who answered last in the one before says nothing about it. */
  nextLog(): void;
  /** The Mondays of all weeks with calls. */
  mondays(): string[];
  of(monday: string): AgentMetrics[];
  all(): AgentMetrics[];
}

export function startCounts(): Counts {
  const whole = new Map<string, Sums>();
  const weeks = new Map<string, Map<string, Sums>>();
  let answered = new Map<string, number>();
  return {
    add(intent, monday) {
      const agent = whole.has(intent.agent) || whole.size < MOST_AGENTS ? intent.agent : OTHERS;
      const deciding = decidingSeconds(intent, answered);
      const week = weeks.get(monday) ?? new Map<string, Sums>();
      weeks.set(monday, week);
      for (const sums of [sumsOf(whole, agent), sumsOf(week, agent)]) addTo(sums, intent, deciding);
    },
    nextLog: () => {
      answered = new Map();
    },
    mondays: () => [...weeks.keys()].sort(),
    of: (monday) => listOf(weeks.get(monday)),
    all: () => listOf(whole),
  };
}

function sumsOf(of: Map<string, Sums>, agent: string): Sums {
  const known = of.get(agent);
  if (known) return known;
  const none = {
    calls: 0,
    denials: 0,
    scopedDenials: 0,
    approved: 0,
    denied: 0,
    expired: 0,
    waitingSeconds: 0,
    decidingSeconds: 0,
  };
  of.set(agent, none);
  return none;
}

function addTo(sums: Sums, { decision, rule, approval }: IntentRecord, deciding: number): void {
  sums.calls++;
  if (decision === 'deny') sums.denials++;
  if (decision === 'deny' && SCOPE_RULES.has(rule)) sums.scopedDenials++;
  if (approval === null) return;
  if (approval.answer === 'approved') sums.approved++;
  else if (approval.answer === 'denied') sums.denied++;
  else sums.expired++;
  sums.waitingSeconds += approval.waitedSeconds;
  sums.decidingSeconds += deciding;
}

/** From the question, or from the last answer of the same person, to this one: nobody decides two calls at once. */
function decidingSeconds({ approval, time }: IntentRecord, answered: Map<string, number>): number {
  if (approval === null || approval.by === null) return 0;
  const at = timeOf(time) ?? Number.NaN;
  const asked = at - approval.waitedSeconds * 1000;
  const from = Math.max(asked, answered.get(approval.by) ?? asked);
  if (answered.size >= MOST_PEOPLE) answered.clear();
  answered.set(approval.by, at);
  return Math.max(0, at - from) / 1000;
}

function listOf(sums: ReadonlyMap<string, Sums> | undefined): AgentMetrics[] {
  return [...(sums ?? [])]
    .sort(([a], [b]) => (a === OTHERS ? 1 : b === OTHERS ? -1 : a < b ? -1 : 1))
    .map(([agent, { waitingSeconds, decidingSeconds, ...counts }]) => ({
      agent: agent === OTHERS ? null : agent,
      ...counts,
      scopedDenialRate: counts.calls === 0 ? null : rounded(counts.scopedDenials / counts.calls),
      waitingHours: rounded(waitingSeconds / 3600),
      decidingHours: rounded(decidingSeconds / 3600),
    }));
}

/** Sums of many fractions end in digits that mean nothing. */
export const rounded = (number: number): number => Math.round(number * 1e6) / 1e6;
