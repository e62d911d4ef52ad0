import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

/** Cases a property is tried on; `STAKES_CASES` raises it. */
export const CASES = Number(process.env.STAKES_CASES ?? 200);

// Ten times the cases may take ten times as long, on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000 * Math.max(1, CASES / 200) });

let ran = 0;

afterAll(() => {
  if (ran > 0) console.info(`${ran} cases ran`);
  ran = 0;
});

/** Fails with the smallest case that does not hold, and with the seed that finds it again. */
export function holds<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void): void {
  const { STAKES_SEED: seed } = process.env;
  fc.assert(
    fc.property(arbitrary, (value) => {
      ran++;
      predicate(value);
    }),
    { numRuns: CASES, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
}
