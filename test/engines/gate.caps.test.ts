import { expect, test } from 'vitest';
import type { Grant, LimitGrants } from '../../src/model/policy.ts';
import { target } from '../../src/targets/gate/target.ts';
import { note } from './figures.ts';
import { capped, drive, place } from './gate-state/gates.ts';

interface Held {
  cap: string;
  set: number;
  limits: Partial<LimitGrants>;
  list?: Partial<Grant>;
  call: (at: number) => [name: string, values: unknown];
  /** What of a cap one call takes. */
  each?: number;
}

const CASES: Held[] = [
  { cap: 'callsPerMinute', set: 5, limits: { callsPerMinute: 5 }, call: (at) => ['list', { amount: at }] },
  { cap: 'repeatsPerCall', set: 3, limits: { repeatsPerCall: 3 }, call: () => ['list', { amount: 1 }] },
  { cap: 'maxCallsPerDay', set: 4, limits: {}, list: { maxCallsPerDay: 4 }, call: (at) => ['list', { amount: at }] },
  { cap: 'toolUsdPerDay', set: 30, limits: { toolUsdPerDay: 30 }, call: () => ['refund', { amount: 7 }], each: 7 },
];

test.each(CASES)(
  '$cap: none of many calls at once goes beyond it',
  async ({ cap, set, limits, list, call, each = 1 }) => {
    const made = capped(limits, list);
    const here = place(made);
    const gate = here.gate('');
    const { ran, refused } = await drive(
      gate,
      Array.from({ length: 40 }, (_, at) => call(at)),
    );
    await gate.end();
    const seen = ran * each;
    note('caps', {
      engine: 'gate',
      cap,
      set: String(set),
      seen: String(seen),
      beyond: String(Math.max(0, seen - set)),
    });
    expect(ran).toBe(Math.floor(set / each));
    // What the server wrote down, and not only what the gate says of it.
    expect(here.ran(call(0)[0])).toHaveLength(ran);
    expect([...refused.values()].reduce((sum, count) => sum + count, 0)).toBe(40 - ran);
    expect(target.usage(made)).toContain('none runs beyond it');
  },
);
