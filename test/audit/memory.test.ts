import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { programOf } from '../program.ts';
import { place } from './audit.fixture.ts';

const FEW = 6000;
const MANY = Number(process.env.STAKES_CASES ?? 0) >= 1000 ? 1_000_000 : 120_000;
const MORE = 64 * 1024 * 1024;

test(`${MANY} records are written, verified and read with the memory of a few`, async () => {
  const program = await programOf('test/audit/memory-program.ts');
  const memory = (records: number): number[] => {
    const { folder, keys } = place();
    return ['write', 'verify', 'query'].map((deed) => {
      const out = execFileSync(process.execPath, [program, deed, folder, keys, String(records)], { encoding: 'utf8' });
      const said = JSON.parse(out) as Record<string, unknown>;
      if (deed === 'verify') expect(said).toMatchObject({ verdict: 'unproven', intents: records / 2, findings: 0 });
      if (deed === 'query') expect(said).toMatchObject({ rows: records / 2, joined: records / 2, findings: 0 });
      return Number(said.memory);
    });
  };
  const few = memory(FEW);
  for (const [i, many] of memory(MANY).entries()) expect(many).toBeLessThan((few[i] ?? 0) + MORE);
}, 900_000);
