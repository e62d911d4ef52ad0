import process from 'node:process';
import { expect, test } from 'vitest';
import { capped, drive, place } from './gate-state/gates.ts';
import { redis } from './gate-state/redis.ts';

const isSmoke = process.env.STAKES_SMOKE === '1';
const [GATES, CALLS] = isSmoke ? [3, 900] : [8, 20_000];
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

test(`${GATES} gates on as many machines make ${CALLS} calls, and no cap is passed by one`, async () => {
  const { url } = await redis();
  const [lists, dollars] = [Math.round(CALLS * 0.3), Math.round(CALLS * 0.6)];
  const at = place(capped({ toolUsdPerDay: dollars }, { maxCallsPerDay: lists }));
  const gates = Array.from({ length: GATES }, (_, i) => at.gate(url, { machine: `m${i}` }));
  const ends = await Promise.all(
    gates.map((gate, machine) =>
      drive(
        gate,
        Array.from({ length: CALLS / GATES }, (_, i) => {
          const amount = 1 + ((i + machine) % 5);
          return i % 2 === 0 ? ['list', { amount, i }] : ['refund', { amount, i }];
        }),
      ),
    ),
  );
  const [listed, refunded] = [at.ran('list'), at.ran('refund')];
  expect(listed).toHaveLength(lists);
  expect(sum(refunded)).toBe(dollars);
  expect(sum(ends.map(({ ran }) => ran))).toBe(listed.length + refunded.length);
  for (const { ran } of ends) expect(ran).toBeGreaterThan(0);
  const words = [...new Set(ends.flatMap(({ refused }) => [...refused.keys()]))];
  expect(
    words.every((said) => /its cap is|tools may spend/.test(said)),
    words.join('\n'),
  ).toBe(true);
  for (const gate of gates) expect(await gate.end()).toBe(0);
});

test('calls a minute are those of all gates together', async () => {
  const { url } = await redis();
  const at = place(capped({ callsPerMinute: 50 }));
  const gates = ['a', 'b', 'c'].map((machine) => at.gate(url, { machine }));
  await Promise.all(
    gates.map((gate) =>
      drive(
        gate,
        Array.from({ length: 60 }, (_, i) => ['list', { i }]),
      ),
    ),
  );
  expect(at.ran('list')).toHaveLength(50);
});
