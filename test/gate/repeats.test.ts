import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRepeats } from '../../src/gate/ledger/repeats.ts';

test('what was called among the last different calls is counted, whatever came in between', () => {
  const kept = 10;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.boolean()), { maxLength: 200 }), (steps) => {
      const repeats = newRepeats(kept);
      const counts = new Map<string, number>();
      const order: string[] = [];
      for (const [call, isTaken] of steps) {
        const name = String(call);
        const again = { tool: `t${call % 3}`, digest: `sha256:${call.toString(16).padStart(4, '0').padEnd(64, 'f')}` };
        const since = order.lastIndexOf(name) < 0 ? [] : order.slice(order.lastIndexOf(name) + 1);
        const isRecent = new Set(since).size < kept;
        if (isRecent && counts.has(name)) expect(repeats.of(again)).toBe(counts.get(name));
        const before = repeats.of(again);
        if (isTaken) repeats.take(again);
        else repeats.add(again);
        counts.set(name, isTaken ? Math.max(0, before - 1) : before + 1);
        if (!isTaken || before > 0) order.push(name);
      }
    }),
  );
});

test('a session of weeks keeps no more than it must', () => {
  const repeats = newRepeats(5);
  const of = (i: number) => ({ tool: 'pay/refund', digest: `sha256:${String(i).padStart(6, '0').padEnd(64, 'a')}` });
  for (let i = 0; i < 1000; i++) repeats.add(of(i));
  expect(Array.from({ length: 1000 }, (_, i) => repeats.of(of(i))).filter((count) => count > 0).length).toBeLessThan(
    11,
  );
});
