import type { Usage } from './call.ts';
import { keptSessions, repeatsOf, type SessionCounts, withRepeat } from './counters/sessions.ts';

export const COUNTERS_SCHEMA = 'stakes/counters@1';

/** What one agent and its subagents were let through on one machine. No argument is in it. */
export interface Counters {
  schema: typeof COUNTERS_SCHEMA;
  /** The latest time that was counted at, in milliseconds since 1970. */
  time: number;
  /** Day of `calls` and `toolUsd`, as `2026-11-22`, in UTC. */
  day: string;
  /** Calls of the day by agent and grant. */
  calls: Record<string, number>;
  /** US dollars that tools spent on the day. */
  toolUsd: number;
  /** Calls of the last minute, by the second since 1970 that they came in. */
  seconds: Record<string, number>;
  sessions: Record<string, SessionCounts>;
}

/** What the counters need to know of a call. */
export interface Countable {
  /** A key of the policy's `agents`. */
  agent: string;
  /** The key of the grant that speaks for the call. */
  grant: string;
  session: string;
  /** The same text for the same tool and arguments, and for no others. */
  fingerprint: string;
}

/** What a call adds that its name does not say. */
export interface Spent {
  usd: number;
  startsSubagent: boolean;
}

/** A clock that was set back by more than this says nothing about the day or the age of a session; in milliseconds. */
const STEP_BACK = 60_000;
const MINUTE = 60;

export function noCounters(): Counters {
  return { schema: COUNTERS_SCHEMA, time: 0, day: dayOf(0), calls: {}, toolUsd: 0, seconds: {}, sessions: {} };
}

export function isClockTrusted(counters: Counters, time: number): boolean {
  return Number.isSafeInteger(time) && time >= counters.time - STEP_BACK;
}

/** The state before a call. Time never runs backwards in it, so that no cap opens twice. */
export function usageOf(counters: Counters, call: Countable, time: number): Usage {
  const { calls, toolUsd, seconds, sessions, time: now } = turned(counters, time);
  const session = own(sessions, call.session);
  return {
    callsLastMinute: sum(Object.values(seconds)),
    callsToday: own(calls, dailyKey(call)) ?? 0,
    repeats: session === undefined ? 0 : repeatsOf(session, call.fingerprint),
    toolUsdToday: toolUsd,
    sessionSeconds: session === undefined ? 0 : (now - session.started) / 1000,
    subagentsStarted: session?.subagents ?? 0,
  };
}

/** The counters after a call that was let through. */
export function counted(counters: Counters, call: Countable, spent: Spent, time: number): Counters {
  if (!(spent.usd >= 0 && Number.isFinite(spent.usd))) throw new RangeError('what a call spends is no amount');
  const turn = turned(counters, time);
  const second = String(Math.floor(turn.time / 1000));
  const session = own(turn.sessions, call.session) ?? { started: turn.time, seen: 0, subagents: 0, repeats: {} };
  const after: SessionCounts = {
    started: session.started,
    seen: turn.time,
    subagents: session.subagents + (spent.startsSubagent ? 1 : 0),
    repeats: withRepeat(session.repeats, call.fingerprint),
  };
  return {
    ...turn,
    calls: plusOne(turn.calls, dailyKey(call)),
    toolUsd: Math.min(turn.toolUsd + spent.usd, Number.MAX_VALUE),
    seconds: plusOne(turn.seconds, second),
    sessions: keptSessions({ ...turn.sessions, [call.session]: after }, call.session, turn.time),
  };
}

/** The counters at a time: what belongs to an earlier day or minute is gone. */
function turned(counters: Counters, clock: number): Counters {
  const time = Math.max(clock, counters.time);
  const day = dayOf(time);
  const isSameDay = day === counters.day;
  const first = Math.floor(time / 1000) - MINUTE;
  return {
    ...counters,
    time,
    day,
    calls: isSameDay ? counters.calls : {},
    toolUsd: isSameDay ? counters.toolUsd : 0,
    seconds: Object.fromEntries(Object.entries(counters.seconds).filter(([second]) => Number(second) >= first)),
  };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function dailyKey({ agent, grant }: Countable): string {
  return JSON.stringify([agent, grant]);
}

/** A computed key, unlike an assignment, is never taken for a prototype. */
function plusOne(counts: Record<string, number>, key: string): Record<string, number> {
  return { ...counts, [key]: (own(counts, key) ?? 0) + 1 };
}

function own<T>(values: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
