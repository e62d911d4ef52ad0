import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { programOf } from '../program.ts';

const GATES = 8;
const CALLS = 600;
/** Calls that may be counted ahead by a gate that was killed, in this second and for this grant. */
const AHEAD = 64;

interface Ran {
  lists: number;
  usd: number;
  calls: number;
  rules: Set<string>;
  stderr: string;
  isDone: boolean;
}

/** Gates of one agent at once; some are killed in the middle. */
async function race(killed: number, perDay: number, usdPerDay: number, perMinute: number): Promise<Ran[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-race-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = await programOf('test/gate/ledger-race.ts');
  const one = (gate: number) =>
    new Promise<Ran>((resolve) => {
      const said = join(folder, `said-${gate}`);
      const out = openSync(said, 'w');
      const args = [program, folder, `p${gate}`, ...[CALLS, perDay, usdPerDay, perMinute].map(String)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', out, 'pipe'] });
      let stderr = '';
      child.stderr?.on('data', (chunk) => (stderr += chunk));
      if (gate < killed) {
        // Once it is at work, and at another moment each.
        const isAtWork = setInterval(() => {
          if (readFileSync(said, 'utf8').split('\n').length < 20 * (gate + 1)) return;
          clearInterval(isAtWork);
          child.kill('SIGKILL');
        }, 1);
        child.on('close', () => clearInterval(isAtWork));
      }
      child.on('close', () => {
        closeSync(out);
        const lines = readFileSync(said, 'utf8').split('\n');
        const ran = lines.filter((line) => line.startsWith('ran ')).map((line) => line.split(' '));
        resolve({
          lists: ran.filter(([, tool]) => tool === 'list').length,
          usd: ran.reduce((sum, [, , usd]) => sum + Number(usd), 0),
          calls: ran.length,
          rules: new Set(lines.filter((line) => /^[a-z-]+$/.test(line) && line !== 'freed' && line !== 'done')),
          stderr,
          isDone: lines.includes('done'),
        });
      });
    });
  return Promise.all(Array.from({ length: GATES }, (_, gate) => one(gate)));
}

/** How often a cap has opened again since then; on a machine that is busy enough, or at midnight. */
const openings = (of: keyof Ran, since: number): number => {
  const now = Date.now();
  const day = 24 * 3600_000;
  return of === 'calls' ? Math.floor((now - since) / 60_000) : Math.floor(now / day) - Math.floor(since / day);
};

const sum = (all: readonly Ran[], of: 'lists' | 'usd' | 'calls') => all.reduce((total, ran) => total + ran[of], 0);

test.each([
  ['calls of a day', { perDay: 700, usdPerDay: 1e6, perMinute: 1e6 }, 'lists', 700, 'calls-a-day'],
  ['dollars of a day', { perDay: 1e6, usdPerDay: 900, perMinute: 1e6 }, 'usd', 900, 'tool-spend'],
  ['calls of a minute', { perDay: 1e6, usdPerDay: 1e6, perMinute: 800 }, 'calls', 800, 'calls-a-minute'],
] as const)('processes at once never pass a cap on %s, and use it', async (_, caps, of, cap, rule) => {
  const since = Date.now();
  const ran = await race(0, caps.perDay, caps.usdPerDay, caps.perMinute);
  expect(ran.map(({ stderr }) => stderr).join('')).toBe('');
  expect(ran.every(({ isDone }) => isDone)).toBe(true);
  expect(sum(ran, of)).toBeLessThanOrEqual(cap * (1 + openings(of, since)));
  // Those that meet at the very end may each find it full.
  expect(sum(ran, of), 'the cap is used').toBeGreaterThan(cap - 5 * GATES);
  expect([...new Set(ran.flatMap(({ rules }) => [...rules]))]).toEqual([rule]);
});

test('gates that are killed in the middle leave counts that the others keep to', async () => {
  const killed = 4;
  const since = Date.now();
  const ran = await race(killed, 900, 1e6, 1e6);
  expect(ran.map(({ stderr }) => stderr).join('')).toBe('');
  expect(ran.filter(({ isDone }) => isDone)).toHaveLength(GATES - killed);
  expect(sum(ran, 'lists')).toBeLessThanOrEqual(900 * (1 + openings('lists', since)));
  expect(sum(ran, 'lists'), 'the cap is used').toBeGreaterThan(900 - killed * AHEAD - 5 * GATES);
});
