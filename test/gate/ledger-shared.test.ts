import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microsOf, openSharedLedger } from '../../src/gate/ledger/shared.ts';
import type { Asked } from '../../src/gate/ports.ts';
import { StateFault } from '../../src/gate/state/fault.ts';
import type { Counting, SharedState } from '../../src/gate/state/state.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { Grant, LimitGrants } from '../../src/model/policy.ts';

const asked = (tool: string, values: unknown = {}, digest = 'sha256:1'): Asked => ({
  agent: 'desk',
  tool,
  arguments: values,
  digest,
});

/** Counts as the script does, and answers when it is told to. */
function counter() {
  const calls = new Map<string, number>();
  const seen: Counting[] = [];
  let [spent, minute, back] = [0, 0, 0];
  const state: Pick<SharedState, 'count' | 'shown'> & { fault?: StateFault } = {
    shown: 'redis://somewhere:6379',
    async count(call) {
      if (state.fault !== undefined) throw state.fault;
      seen.push(call);
      const { key, micros, perMinute, perDay, mostMicros } = call;
      const today = calls.get(key) ?? 0;
      const before = { inMinute: minute, today, micros: spent };
      const isCounted =
        (perMinute < 0 || minute < perMinute) &&
        (perDay < 0 || today < perDay) &&
        (micros === 0 || mostMicros < 0 || spent + micros <= mostMicros);
      if (isCounted) {
        calls.set(key, today + 1);
        spent += micros;
        minute += 1;
      }
      return {
        ...before,
        isCounted,
        giveBack() {
          if (!isCounted) return;
          back++;
          calls.set(key, (calls.get(key) ?? 0) - 1);
          spent -= micros;
        },
      };
    },
  };
  return { state, seen, calls, spent: () => spent, back: () => back };
}

function ledgerWith(limits: Partial<LimitGrants>, list: Partial<Grant> = {}) {
  const tools = {
    'pay/list': grant('allow', list),
    'pay/refund': grant('allow', { cost: { argument: '/amount', usdPerUnit: 1 } }),
    'pay/drop': grant('deny'),
  };
  const rules = policy([agent('desk', { tools, limits })]);
  const counts = counter();
  const ledger = openSharedLedger({ state: counts.state, now: () => 0 });
  return { ...counts, ledger, decide: async (call: Asked) => ledger.decide(rules, call), rules };
}

test('what needs no counts is refused at once, and nothing is asked for it', () => {
  const { ledger, rules, seen } = ledgerWith({}, { arguments: { type: 'object', required: ['id'] } });
  for (const tool of ['pay/drop', 'pay/unheard-of', 'pay/list'])
    expect(ledger.decide(rules, asked(tool))).toMatchObject({ verdict: { decision: 'deny' } });
  expect(seen).toEqual([]);
});

test('caps are told with the call, and what stood there before decides', async () => {
  const { decide, seen } = ledgerWith({ callsPerMinute: 30, toolUsdPerDay: 10.5 }, { maxCallsPerDay: 2 });
  const verdicts = [];
  for (let i = 0; i < 3; i++) verdicts.push((await decide(asked('pay/list', {}, `sha256:${i}`))).verdict);
  expect(verdicts.map(({ rule }) => rule)).toEqual(['allowed', 'allowed', 'calls-a-day']);
  expect(verdicts[2]?.message).toContain('has been called 2 times today, and its cap is 2');
  expect(seen[0]).toEqual({ key: '["desk","pay/list"]', micros: 0, perMinute: 30, perDay: 2, mostMicros: 10_500_000 });
  expect((await decide(asked('pay/refund', { amount: 10.25 }))).verdict.rule).toBe('allowed');
  expect((await decide(asked('pay/refund', { amount: 0.3 }))).verdict).toMatchObject({
    rule: 'tool-spend',
    message: expect.stringContaining('0.25 are left'),
  });
});

test('a call that costs more than all that may be spent is not counted, whatever was spent', async () => {
  const { decide, calls, back } = ledgerWith({ toolUsdPerDay: 5 });
  expect((await decide(asked('pay/refund', { amount: 6 }))).verdict.rule).toBe('tool-spend');
  expect([[...calls.values()], back()]).toEqual([[], 0]);
});

test('the same call many times at once is let through as often as it may be repeated', async () => {
  const { decide, back, calls } = ledgerWith({ repeatsPerCall: 3 });
  const decided = await Promise.all(Array.from({ length: 10 }, () => decide(asked('pay/list'))));
  expect(decided.filter(({ verdict }) => verdict.decision === 'allow')).toHaveLength(3);
  expect([calls.get('["desk","pay/list"]'), back()]).toEqual([3, 0]);
});

test('a call that did not run is given back once, and may be repeated again', async () => {
  const { decide, back } = ledgerWith({ repeatsPerCall: 1 });
  const { reservation } = await decide(asked('pay/list'));
  expect((await decide(asked('pay/list'))).verdict.rule).toBe('repeats');
  reservation?.release();
  reservation?.release();
  expect(back()).toBe(1);
  const again = await decide(asked('pay/list'));
  expect(again.verdict.decision).toBe('allow');
  again.reservation?.settle();
  again.reservation?.release();
  expect(back()).toBe(1);
});

test('counts that cannot be had refuse, with where and why, and the next call is asked for anew', async () => {
  const { decide, state } = ledgerWith({ repeatsPerCall: 1 });
  state.fault = new StateFault('it did not answer in 2 s');
  const { verdict } = await decide(asked('pay/list'));
  expect(verdict).toMatchObject({ decision: 'deny', rule: 'state' });
  expect(verdict.message).toMatch(/a person must look: redis:\/\/somewhere:6379: it did not answer in 2 s$/);
  delete state.fault;
  expect((await decide(asked('pay/list'))).verdict.decision).toBe('allow');
});

test('a count that refuses is never overruled by what the policy makes of it', async () => {
  const { decide, state } = ledgerWith({});
  const none = { isCounted: false, inMinute: 0, today: 0, micros: 0, giveBack: () => undefined };
  state.count = async () => none;
  expect((await decide(asked('pay/list'))).verdict).toMatchObject({ decision: 'deny', rule: 'state' });
});

test('amounts are whole micro-dollars, never less than what is spent', () => {
  expect([0, 0.1, 0.3, 1.1, 1e-7, 19.99, 1e300].map(microsOf)).toEqual([0, 1e5, 3e5, 1.1e6, 1, 19_990_000, 1e15]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (usd) => {
      const micros = microsOf(usd);
      expect(Number.isSafeInteger(micros)).toBe(true);
      expect(micros).toBeGreaterThanOrEqual(usd * 1e6 * (1 - 1e-14));
      expect(micros).toBeLessThan(usd * 1e6 + 1 + 1e-3);
    }),
  );
});

test('whatever is spent in whatever parts, a cap on dollars is kept to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 60 }), async (cents) => {
      const { decide, spent } = ledgerWith({ toolUsdPerDay: 100 });
      let total = 0;
      for (const amount of cents) {
        const { verdict } = await decide(asked('pay/refund', { amount: amount / 100 }, `sha256:${Math.random()}`));
        const fits = total + amount <= 10_000;
        expect(verdict.decision).toBe(fits ? 'allow' : 'deny');
        if (fits) total += amount;
      }
      expect(spent()).toBe(total * 10_000);
    }),
  );
});
