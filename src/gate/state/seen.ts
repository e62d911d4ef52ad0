import { isRecord } from '../../source/record.ts';

/** What one gate knows of the counts: each as it was when the gate last saw it. */
export interface Seen {
  /** Which life of the counts it was in; its beginning in milliseconds, and something random. Empty: none yet. */
  life: string;
  /** How often something was counted in all lives, at that time. */
  seq: number;
  /** Days since 1970. */
  day: number;
  /** Calls by the field of their grant, and micro-dollars under `usd`. */
  counts: Map<string, number>;
  minute: { calls: number; time: number };
}

const DAY_MS = 86_400_000;

export function nothingSeen(): Seen {
  return { life: '', seq: 0, day: 0, counts: new Map(), minute: { calls: 0, time: 0 } };
}

/** Counts as they are after a call that was counted, or was not. */
export interface Sight {
  time: number;
  seq: number;
  field: string;
  calls: number;
  usd: number;
  minute: number;
}

export function see(seen: Seen, { time, seq, field, calls, usd, minute }: Sight): void {
  const day = Math.floor(time / DAY_MS);
  if (day !== seen.day) {
    seen.day = day;
    seen.counts.clear();
  }
  seen.seq = Math.max(seen.seq, seq);
  seen.counts.set(field, calls);
  seen.counts.set('usd', usd);
  seen.minute = { calls: minute, time };
}

/** As the arguments of a script. */
export function seenArguments({ life, seq, day, counts, minute }: Seen): (string | number)[] {
  return [life, seq, day, minute.calls, minute.time, ...[...counts].flat()];
}

/** Of two gates: what is known after both. They may have seen different lives, and the later one counts. */
export function mergeSeen(one: Seen, other: Seen): Seen {
  const [late, early] = beginOf(one.life) >= beginOf(other.life) ? [one, other] : [other, one];
  const counts = new Map(late.day >= early.day ? late.counts : []);
  for (const [field, count] of early.day >= late.day ? early.counts : [])
    counts.set(field, Math.max(count, counts.get(field) ?? 0));
  return {
    life: late.life,
    seq: late.life === early.life ? Math.max(late.seq, early.seq) : late.seq,
    day: Math.max(late.day, early.day),
    counts,
    minute: late.minute.time >= early.minute.time ? late.minute : early.minute,
  };
}

export function writeSeen({ counts, ...seen }: Seen): string {
  return `${JSON.stringify({ ...seen, counts: Object.fromEntries(counts) })}\n`;
}

/** Undefined: it cannot be read. */
export function readSeen(text: string): Seen | undefined {
  const value = parsed(text);
  if (!isRecord(value) || !isRecord(value.counts) || !isRecord(value.minute)) return undefined;
  const { life, seq, day, counts, minute } = value;
  const numbers = [seq, day, minute.calls, minute.time, ...Object.values(counts)];
  if (typeof life !== 'string' || !/^(?:\d{1,16}-[0-9a-f]+)?$/.test(life) || !numbers.every(isCount)) return undefined;
  return {
    life,
    seq: seq as number,
    day: day as number,
    counts: new Map(Object.entries(counts) as [string, number][]),
    minute: { calls: minute.calls as number, time: minute.time as number },
  };
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const beginOf = (life: string): number => Number(life.split('-')[0]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
