import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SYNTHETIC_PERIOD } from '../../src/dev/synthetic-log.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { PLANTED, writeSynthetic } from './synthetic.fixture.ts';

/** `npm run test:long` writes and reads a million. */
const RECORDS = Number(process.env.STAKES_TUNE_RECORDS ?? 20_000);

test(`of ${RECORDS} records exactly what was planted is proposed`, { timeout: 600_000 }, async () => {
  const folder = folderWith();
  writeSynthetic(folder, RECORDS);
  const started = performance.now();
  const ran = await run(folder, [
    'tune',
    '--records',
    'records',
    '--key',
    'keys/signing.pub',
    ...SYNTHETIC_PERIOD,
    '--format',
    'json',
  ]);
  const seconds = (performance.now() - started) / 1000;
  const report = JSON.parse(ran.out);
  expect(ran.err).toBe('');
  expect(ran.code).toBe(0);
  expect(report.logs.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['intact', 'intact']);
  const lines = report.logs.reduce((sum: number, log: { lines: number }) => sum + log.lines, 0);
  expect(lines).toBeGreaterThanOrEqual(RECORDS);
  expect(report.proposals.map(({ id }: { id: string }) => id).sort()).toEqual(PLANTED);
  const tally = process.env.STAKES_TALLY;
  if (tally !== undefined)
    appendFileSync(
      tally,
      `${JSON.stringify({ property: 'tune proposes what was planted', cases: lines, failures: 0, seconds })}\n`,
    );
});
