import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Reservation } from '../../src/gate/ports.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { holds } from '../arbitraries/cases.ts';
import { MIDNIGHT, machine, NOON } from './ledger-gates.ts';
import { type Asking, fits, type Made } from './ledger-model.ts';

// Days that are long over are swept when a journal is opened.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
afterAll(() => void vi.useRealTimers());

const GATES = 3;
const few = (most: number) => fc.option(fc.nat(most), { freq: 2 });
const limits = fc.record({
  // Always one, and a small one: far from every cap calls are counted ahead, which `ledger-leases` is about.
  callsPerMinute: fc.oneof(fc.nat(8), fc.constant(30)),
  repeatsPerCall: few(4),
  toolUsdPerDay: few(12),
  sessionMinutes: fc.option(fc.constantFrom(1, 2, 30), { freq: 4 }),
});
const rules = fc
  .record({ session: limits, helper: limits, refunds: few(6), others: few(6) })
  .map(({ session, helper, refunds, others }) => {
    const tools = {
      'pay/refund': grant('allow', { maxCallsPerDay: refunds, cost: { argument: '/amount', usdPerUnit: 1 } }),
      'pay/*': grant('allow', { maxCallsPerDay: others }),
    };
    return policy([agent('desk', { tools, limits: session }), agent('helper', { tools, limits: helper })]);
  });

const call = fc.record({
  do: fc.constant('call' as const),
  gate: fc.nat(GATES - 1),
  agent: fc.constantFrom('desk', 'desk', 'helper'),
  tool: fc.constantFrom('pay/refund', 'pay/list', 'pay/find'),
  amount: fc.nat(3),
  fate: fc.constantFrom('runs', 'fails', 'hangs'),
  rules: fc.nat(1),
});
const release = fc.record({ do: fc.constant('release' as const), which: fc.nat(9) });
const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.constantFrom(1, 500, 999, 1000, 20_000, 59_000, 59_999, 60_000, 61_000, 6 * 3600_000),
});
const restart = fc.record({ do: fc.constant('restart' as const), gate: fc.nat(GATES - 1) });
const story = fc.record({
  rules: fc.tuple(rules, rules),
  start: fc.constantFrom(NOON, MIDNIGHT - 70_000, MIDNIGHT - 500),
  steps: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: call },
      { weight: 2, arbitrary: release },
      { weight: 2, arbitrary: wait },
      { weight: 1, arbitrary: restart },
    ),
    { minLength: 5, maxLength: 60 },
  ),
});

test('no cap is passed and none closes early, whatever several gates do under two policies, over a day and its end', () => {
  holds(story, ({ rules, start, steps }) => {
    const at = machine(GATES, start);
    const made: Made[] = [];
    let underWay: { reservation: Reservation; of: Made }[] = [];
    const free = ({ reservation, of }: (typeof underWay)[number]) => {
      reservation.release();
      // A second time is no second place.
      reservation.release();
      of.counts = false;
    };
    try {
      for (const step of steps) {
        if (step.do === 'wait') at.time += step.ms;
        else if (step.do === 'release') underWay.splice(step.which % Math.max(1, underWay.length), 1).forEach(free);
        else if (step.do === 'restart') {
          const gone = at.gates[step.gate]?.session;
          at.restart(step.gate);
          // What a gate that is gone had under way stays counted.
          underWay = underWay.filter(({ of }) => of.session !== gone);
        } else {
          const { ledger, session } = at.gates[step.gate] ?? expect.fail('no gate');
          const { agent, tool, amount, fate } = step;
          const asked = { agent, tool, arguments: { amount }, digest: `sha256:${amount}` };
          const { verdict, reservation } = ledger.decide(rules[step.rules] ?? rules[0], asked);
          const isRefund = tool === 'pay/refund';
          const asking: Asking = {
            at: at.time,
            agent,
            grant: isRefund ? tool : 'pay/*',
            call: `${tool} ${amount}`,
            usd: isRefund ? amount : 0,
            session,
          };
          fits(rules[step.rules] ?? rules[0], made, asking, verdict);
          if (reservation === undefined) continue;
          const of: Made = { ...asking, counts: true };
          made.push(of);
          if (fate === 'fails') free({ reservation, of });
          else if (fate === 'hangs') underWay.push({ reservation, of });
          else reservation.settle();
        }
      }
      expect(at.told).toEqual([]);
    } finally {
      at.close();
    }
  });
});
