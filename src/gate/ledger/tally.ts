/** Calls that were let through, or are about to be; or such that are taken back. */
export interface Entry {
  /** Milliseconds since 1970. */
  time: number;
  /** Agent and grant, as one text. */
  key: string;
  /** How many; below zero where they are taken back. */
  count: number;
  /** US dollars of each. */
  usd: number;
}

/** What was let through on one day and in the last minute. */
export interface Tally {
  /** The latest time that was counted at. */
  time: number;
  /** As `2026-11-22`, in UTC. */
  day: string;
  calls: Map<string, number>;
  usd: number;
  /** Calls by the second since 1970 that they came in. */
  seconds: Map<number, number>;
  /** Their sum. */
  lastMinute: number;
}

const MINUTE = 60;

export function newTally(): Tally {
  return { time: 0, day: dayOf(0), calls: new Map(), usd: 0, seconds: new Map(), lastMinute: 0 };
}

export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** What belongs to an earlier day or minute is gone. Time never runs backwards, so that no cap opens twice. */
export function turn(tally: Tally, clock: number): void {
  if (clock <= tally.time) return;
  tally.time = clock;
  const day = dayOf(clock);
  if (day !== tally.day) {
    tally.day = day;
    tally.calls.clear();
    tally.usd = 0;
  }
  const first = Math.floor(clock / 1000) - MINUTE;
  // In the order that they came in: the first that counts ends the search.
  for (const [second, calls] of tally.seconds) {
    if (second >= first) break;
    tally.seconds.delete(second);
    tally.lastMinute -= calls;
  }
}

export function count(tally: Tally, { time, key, count: by, usd }: Entry): void {
  // A call of yesterday that is taken back today has left the count already.
  if (by > 0) turn(tally, time);
  if (dayOf(time) === tally.day) {
    tally.calls.set(key, Math.max(0, (tally.calls.get(key) ?? 0) + by));
    tally.usd = Math.min(Math.max(0, tally.usd + by * usd), Number.MAX_VALUE);
  }
  const second = Math.floor(time / 1000);
  // A gate that starts reads all that the day has seen.
  if (second < Math.floor(tally.time / 1000) - MINUTE) return;
  const before = tally.seconds.get(second);
  if (by < 0 && before === undefined) return;
  const after = Math.max(0, (before ?? 0) + by);
  tally.seconds.set(second, after);
  tally.lastMinute += after - (before ?? 0);
}
