import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, vi } from 'vitest';

/** Cases a property is tried on; `STAKES_CASES` raises it. */
export const CASES = Number(process.env.STAKES_CASES ?? 200);

// Ten times the cases may take ten times as long, on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000 * Math.max(1, CASES / 200) });

const FEW = 3;

/** All of what a case offers; where there are many cases a few of it, and which is part of the case. */
export function someOf<T>(all: readonly T[], turn: number): readonly T[] {
  if (CASES <= 1000 || all.length <= FEW) return all;
  const start = turn % all.length;
  return [...all, ...all].slice(start, start + FEW);
}

/** For `someOf`. */
export const turns = fc.nat(999);

let ran = 0;

afterAll(() => {
  if (ran > 0) console.info(`${ran} cases ran`);
  ran = 0;
});

/**
 * Fails with the smallest case that does not hold, and with the seed that finds it again. The file that `STAKES_TALLY` names
 * gets a line of JSON for each property, for whoever counts over several processes.
 */
export function holds<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void, cases = CASES): void {
  const { STAKES_SEED: seed, STAKES_TALLY: tally } = process.env;
  const [before, started] = [ran, performance.now()];
  let failures = 1;
  try {
    fc.assert(
      fc.property(arbitrary, (value) => {
        ran++;
        predicate(value);
      }),
      { numRuns: cases, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
    failures = 0;
  } finally {
    const property = expect.getState().currentTestName ?? '';
    const line = { property, cases: ran - before, failures, seconds: (performance.now() - started) / 1000 };
    if (tally !== undefined) appendFileSync(tally, `${JSON.stringify(line)}\n`);
  }
}
