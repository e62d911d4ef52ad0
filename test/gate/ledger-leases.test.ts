import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { machine, NOON } from './ledger-gates.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
afterAll(() => void vi.useRealTimers());

const GATES = 3;
/** Calls of one grant that one gate may have counted ahead, and that did not come. */
const AHEAD = 64;

const bursts = fc.record({
  perMinute: fc.option(fc.integer({ min: 1000, max: 4000 })),
  perDay: fc.integer({ min: 1000, max: 4000 }),
  bursts: fc.array(
    fc.record({
      gate: fc.nat(GATES - 1),
      calls: fc.integer({ min: 1, max: 700 }),
      failsEvery: fc.constantFrom(0, 2, 50),
      wait: fc.constantFrom(0, 1, 400, 1000, 1500, 61_000),
      thenRestart: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 16 },
  ),
});

interface Story {
  perMinute: number | null;
  perDay: number;
  bursts: { gate: number; calls: number; failsEvery: number; wait: number; thenRestart: boolean }[];
}

function play({ perMinute, perDay, bursts }: Story): void {
  const tools = { 'pay/list': grant('allow', { maxCallsPerDay: perDay }) };
  const busy = policy([agent('desk', { tools, limits: { callsPerMinute: perMinute } })]);
  const at = machine(GATES);
  const times: number[] = [];
  let calls = 0;
  const decide = (gate: number) =>
    at.gates[gate]?.ledger.decide(busy, {
      agent: 'desk',
      tool: 'pay/list',
      arguments: {},
      digest: `sha256:${++calls}`,
    }) ?? expect.fail('no gate');
  const lastMinute = () => times.filter((time) => time > at.time - 60_000).length;
  const inSeconds = () => times.filter((time) => Math.floor(time / 1000) >= Math.floor(at.time / 1000) - 60).length;
  try {
    for (const { gate, calls: many, failsEvery, wait, thenRestart } of bursts) {
      for (let i = 1; i <= many; i++) {
        const { verdict, reservation } = decide(gate);
        if (verdict.decision === 'deny') {
          const used = verdict.rule === 'calls-a-day' ? times.length : inSeconds();
          const cap = verdict.rule === 'calls-a-day' ? perDay : (perMinute ?? Number.NaN);
          expect(used + GATES * AHEAD, `${verdict.rule} closes no earlier than that`).toBeGreaterThanOrEqual(cap);
          break;
        }
        if (failsEvery > 0 && i % failsEvery === 0) reservation?.release();
        else times.push(at.time);
      }
      expect(times.length).toBeLessThanOrEqual(perDay);
      if (perMinute !== null) expect(lastMinute()).toBeLessThanOrEqual(perMinute);
      at.time += wait;
      if (thenRestart) at.restart(gate);
    }
    // When all of them have ended, the next one finds what was called, and nothing else.
    for (let gate = 0; gate < GATES; gate++) at.restart(gate);
    let left = perDay - times.length;
    for (let opens = false; left > 0; left--) {
      const { verdict } = decide(0);
      if (verdict.rule === 'calls-a-minute' && !opens) {
        at.time += 61_000;
        opens = true;
        left++;
      } else if (verdict.decision === 'deny') expect.fail(`${verdict.message}, with ${left} calls left`);
      else opens = false;
    }
    at.time += 61_000;
    expect(decide(0).verdict.rule).toBe('calls-a-day');
  } finally {
    at.close();
  }
}

test('calls that are counted ahead pass no cap, and those that did not come are given back', () => {
  holds(bursts, play, Math.max(10, CASES >> 3));
});

test('they are given back once, also where the call that gives them back meets a cap', () => {
  const burst = (gate: number, calls: number, wait: number) => ({
    gate,
    calls,
    failsEvery: 0,
    wait,
    thenRestart: false,
  });
  const all = [burst(2, 496, 0), burst(0, 1, 1000), burst(0, 488, 0), burst(2, 1, 0)];
  play({ perMinute: 1000, perDay: 1000, bursts: all });
});
