import { COUNTERS_SCHEMA, type Counters } from '../counters.ts';
import type { SessionCounts } from './sessions.ts';

/** Undefined for all that `counted` cannot have made: a counter that is guessed would open a cap. */
export function readCounters(text: string): Counters | undefined {
  const value = parsed(text);
  if (!isObject(value) || value.schema !== COUNTERS_SCHEMA) return undefined;
  const { time, day, calls, toolUsd, seconds, sessions } = value;
  const isCounters =
    isCount(time) &&
    day === dayOf(time) &&
    isAmount(toolUsd) &&
    areAll(calls, isCount) &&
    areAll(seconds, isCount, /^\d{1,13}$/) &&
    areAll(sessions, isSession);
  return isCounters ? (value as unknown as Counters) : undefined;
}

function isSession(value: unknown): value is SessionCounts {
  if (!isObject(value)) return false;
  const { started, seen, subagents, repeats } = value;
  return isCount(started) && isCount(seen) && isCount(subagents) && areAll(repeats, isCount);
}

function areAll(values: unknown, isOne: (value: unknown) => boolean, key?: RegExp): boolean {
  if (!isObject(values)) return false;
  return (
    Object.values(values).every(isOne) && (key === undefined || Object.keys(values).every((name) => key.test(name)))
  );
}

function dayOf(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
