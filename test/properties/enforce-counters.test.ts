import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCounters } from '../../src/enforce/counters/read.ts';
import {
  type Countable,
  type Counters,
  counted,
  isClockTrusted,
  noCounters,
  type Spent,
  usageOf,
} from '../../src/enforce/counters.ts';
import { holds } from '../arbitraries/cases.ts';

interface Event {
  call: Countable;
  spent: Spent;
  time: number;
}

const START = Date.UTC(2026, 10, 22, 23, 50);
const DAY = 86_400_000;

const names = fc.constantFrom('a', 'b', '__proto__', 'constructor');
const calls: fc.Arbitrary<Countable> = fc.record({
  agent: names,
  grant: fc.constantFrom('files/read', 'files/*', '__proto__'),
  session: names,
  fingerprint: names,
});
const spending: fc.Arbitrary<Spent> = fc.record({
  // Eighths add up without rounding.
  usd: fc.nat(80).map((eighths) => eighths / 8),
  startsSubagent: fc.boolean(),
});
/** Steps in milliseconds; some within a minute, some over midnight, some back. */
const steps = fc.oneof(fc.nat(5_000), fc.nat(120_000), fc.integer({ min: -50_000, max: 0 }), fc.nat(DAY));

const histories = (step: fc.Arbitrary<number>): fc.Arbitrary<Event[]> =>
  fc.array(fc.record({ call: calls, spent: spending, step }), { maxLength: 40 }).map((rows) => {
    let time = START;
    return rows.map(({ call, spent, step: by }) => {
      time += by;
      return { call, spent, time };
    });
  });

const after = (events: readonly Event[]): Counters =>
  events.reduce((counters, { call, spent, time }) => counted(counters, call, spent, time), noCounters());

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

test('what was let through is known, by the list of all that was', () => {
  const forward = histories(steps.map(Math.abs));
  holds(fc.tuple(forward, calls, fc.nat(200_000)), ([events, call, wait]) => {
    const time = (events.at(-1)?.time ?? START) + wait;
    const usage = usageOf(after(events), call, time);
    const today = events.filter((event) => Math.floor(event.time / DAY) === Math.floor(time / DAY));
    const session = events.filter((event) => event.call.session === call.session);
    const lastMinute = (within: number) => events.filter((event) => time - event.time <= within).length;
    expect(usage.callsToday).toBe(
      today.filter((event) => event.call.agent === call.agent && event.call.grant === call.grant).length,
    );
    expect(usage.repeats).toBe(session.filter((event) => event.call.fingerprint === call.fingerprint).length);
    expect(usage.toolUsdToday).toBe(total(today.map(({ spent }) => spent.usd)));
    expect(usage.subagentsStarted).toBe(session.filter(({ spent }) => spent.startsSubagent).length);
    expect(usage.sessionSeconds).toBe((time - (session[0]?.time ?? time)) / 1000);
    // By whole seconds, and never less than there were.
    expect(usage.callsLastMinute).toBeGreaterThanOrEqual(lastMinute(60_000));
    expect(usage.callsLastMinute).toBeLessThanOrEqual(lastMinute(61_000));
  });
});

test('a clock that is set back opens nothing', () => {
  holds(fc.tuple(histories(steps), calls, fc.integer({ min: 0, max: 3 * DAY })), ([events, call, back]) => {
    const counters = after(events);
    const latest = events.length === 0 ? START : Math.max(...events.map(({ time }) => time));
    const [now, earlier] = [usageOf(counters, call, latest), usageOf(counters, call, latest - back)];
    for (const name of Object.keys(now) as (keyof typeof now)[])
      expect(earlier[name]).toBeGreaterThanOrEqual(now[name]);
    if (events.length > 0) expect(isClockTrusted(counters, latest - back)).toBe(back <= 60_000);
  });
});

test('one more call is never forgotten', () => {
  holds(fc.tuple(histories(steps), calls, spending), ([events, call, spent]) => {
    const counters = after(events);
    const time = Math.max(START, ...events.map((event) => event.time));
    const before = usageOf(counters, call, time);
    const then = usageOf(counted(counters, call, spent, time), call, time);
    expect(then).toEqual({
      ...before,
      callsLastMinute: before.callsLastMinute + 1,
      callsToday: before.callsToday + 1,
      repeats: before.repeats + 1,
      toolUsdToday: before.toolUsdToday + spent.usd,
      subagentsStarted: before.subagentsStarted + (spent.startsSubagent ? 1 : 0),
    });
  });
});

test('what is written is what is read, and what is damaged is told', () => {
  holds(fc.tuple(histories(steps), fc.nat()), ([events, at]) => {
    const counters = after(events);
    const text = JSON.stringify(counters);
    expect(readCounters(text)).toEqual(counters);
    expect(readCounters(text.slice(0, at % text.length))).toBeUndefined();
  });
});

test.each([
  ['', 'null', '[]', '{}', '1'],
  [{ time: -1 }, { time: 1e300 }, { time: '0' }, { day: '2026-11-22' }, { toolUsd: -1 }, { toolUsd: null }],
  [{ calls: { a: -1 } }, { calls: { a: 0.5 } }, { calls: [] }, { seconds: { x: 1 } }, { sessions: { a: {} } }],
  [{ schema: 'stakes/counters@2' }, { sessions: { a: { started: 0, seen: 0, subagents: 0, repeats: { b: '1' } } } }],
])('%j and the like are no counters', (...damaged) => {
  for (const one of damaged) {
    const text = typeof one === 'string' ? one : JSON.stringify({ ...noCounters(), ...one });
    expect(readCounters(text)).toBeUndefined();
  }
});

test('an amount that is none is not counted as nothing', () => {
  const call = { agent: 'a', grant: 'a/b', session: 's', fingerprint: 'f' };
  for (const usd of [Number.NaN, Number.POSITIVE_INFINITY, -1])
    expect(() => counted(noCounters(), call, { usd, startsSubagent: false }, START)).toThrow(RangeError);
});

test('the file stays small, and forgets quiet sessions first', () => {
  const call = (session: number, fingerprint: number): Countable => ({
    agent: 'a',
    grant: 'a/b',
    session: `s${session}`,
    fingerprint: `f${fingerprint}`,
  });
  const free = { usd: 0, startsSubagent: false };
  let counters = noCounters();
  for (let session = 0; session < 510; session++) counters = counted(counters, call(session, 0), free, START + session);
  expect(Object.keys(counters.sessions)).toHaveLength(500);
  expect(usageOf(counters, call(509, 0), START).repeats).toBe(1);
  expect(usageOf(counters, call(0, 0), START).repeats).toBe(0);
  const later = counted(counters, call(510, 0), free, START + 31 * DAY);
  expect(Object.keys(later.sessions)).toEqual(['s510']);
});

test('a session that made too many different calls is told no new one', () => {
  const repeats = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1]));
  const session = { started: START, seen: START, subagents: 0, repeats };
  const full: Counters = { ...noCounters(), time: START, day: '2026-11-22', sessions: { s: session } };
  const call = (fingerprint: string): Countable => ({ agent: 'a', grant: 'a/b', session: 's', fingerprint });
  expect(usageOf(full, call('f1'), START).repeats).toBe(1);
  expect(usageOf(full, call('new'), START).repeats).toBe(Number.MAX_SAFE_INTEGER);
  const next = counted(full, call('new'), { usd: 0, startsSubagent: false }, START);
  expect(Object.keys(next.sessions.s?.repeats ?? {})).toHaveLength(10_000);
});
