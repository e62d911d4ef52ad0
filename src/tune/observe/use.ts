import type { TuneMoment } from '../../model/tune.ts';
import type { FieldUse } from './fields.ts';

/** Calls from the first to the last. */
export interface Span {
  calls: number;
  /** Of them those in shadow mode. */
  shadow: number;
  first: TuneMoment | null;
  last: TuneMoment | null;
}

/** The calls of one tool that one policy decided. */
export interface TermsUse extends Span {
  /** Days with calls. */
  days: Map<number, number>;
  approved: number;
  denied: number;
  overturned: number;
  expired: number;
  /** Seconds, of all answers of people together. */
  waited: number;
  /** Calls of which the fields were looked at: not those that a person denied. */
  looked: number;
  fields: Map<string, FieldUse>;
}

/** What was wanted of one tool of one agent, whichever policy decided. */
export interface ToolUse extends Span {
  /** By day: calls that were let through or asked about, and those that only a limit kept back. What a person denied is not in it. */
  wanted: Map<number, number>;
  /** Of those the ones that were not the same call again on that day: whoever is refused tries again. */
  distinct: Map<number, number>;
  /** By day, those that its own cap refused. */
  capped: Map<number, number>;
  /** By the digest of the policy, for those that are here; the rest under the empty name. */
  terms: Map<string, TermsUse>;
  /** Calls that a policy refused because of the tool or its arguments, and the same that a later policy let through. */
  refused: number;
  regranted: number;
  /** The values of fields that were refused first, and let through later. */
  regrantedFields: Map<string, FieldUse>;
}

/** What agents of one tree did together: the limits of its root hold for all of them. */
export interface TreeUse {
  /** Calls by the minute, with those that a limit refused. */
  minutes: Map<number, number>;
  /** Of those the ones that were not the same call again in that minute. */
  distinct: Map<number, number>;
  /** Days on which `callsPerMinute` refused calls, with how many. */
  minuteRefused: Map<number, number>;
  /** Calls that a limit of any kind refused. */
  limited: number;
  /** US dollars set aside, by day. */
  usd: Map<number, number>;
  usdRefused: Map<number, number>;
  repeats: RepeatUse;
  calls: Span;
  days: Map<number, number>;
}

/** How often the same call came in one session. */
export interface RepeatUse {
  /** How many calls came so often, by how often. */
  times: Map<number, number>;
  /** A session was forgotten while it may still have gone on, so that a call can have come more often. */
  forgot: boolean;
}

export interface AgentUse extends Span {
  /** By the digest of the policy, days with calls of the agent. */
  days: Map<string, Map<number, number>>;
  /** By server, empty for tools of the host: the first and the last day with a call of it. */
  servers: Map<string, { first: number; last: number }>;
  tools: Map<string, ToolUse>;
  unknownPolicy: number;
  later: number;
  /** Indexes of the logs that have calls of it. */
  logs: Set<number>;
}

export const noSpan = (): Span => ({ calls: 0, shadow: 0, first: null, last: null });

export const noTerms = (): TermsUse => ({
  ...noSpan(),
  days: new Map(),
  approved: 0,
  denied: 0,
  overturned: 0,
  expired: 0,
  waited: 0,
  looked: 0,
  fields: new Map(),
});

export const noTool = (): ToolUse => ({
  ...noSpan(),
  wanted: new Map(),
  distinct: new Map(),
  capped: new Map(),
  terms: new Map(),
  refused: 0,
  regranted: 0,
  regrantedFields: new Map(),
});

export const noTree = (): TreeUse => ({
  minutes: new Map(),
  distinct: new Map(),
  minuteRefused: new Map(),
  limited: 0,
  usd: new Map(),
  usdRefused: new Map(),
  repeats: { times: new Map(), forgot: false },
  calls: noSpan(),
  days: new Map(),
});

export const noAgent = (): AgentUse => ({
  ...noSpan(),
  days: new Map(),
  servers: new Map(),
  tools: new Map(),
  unknownPolicy: 0,
  later: 0,
  logs: new Set(),
});

/** One more call. Times of a clock that ran back do not move the ends inwards. */
export function extend(span: Span, time: string, log: string, seq: number, isShadow: boolean): void {
  span.calls++;
  if (isShadow) span.shadow++;
  if (span.first === null || time < span.first.time) span.first = { time, log, seq };
  if (span.last === null) span.last = { time, log, seq };
  else if (time >= span.last.time) {
    // A million times: the same moment is moved on.
    span.last.time = time;
    span.last.log = log;
    span.last.seq = seq;
  }
}

export function mergeSpan(into: Span, { calls, shadow, first, last }: Span): void {
  into.calls += calls;
  into.shadow += shadow;
  if (first !== null && (into.first === null || first.time < into.first.time)) into.first = first;
  if (last !== null && (into.last === null || last.time >= into.last.time)) into.last = last;
}
