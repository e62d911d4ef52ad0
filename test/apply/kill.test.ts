import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { programOf } from '../program.ts';
import { projectWith } from './project.ts';

const KILLS = Number(process.env.STAKES_CASES ?? 0) >= 1000 ? 100 : 20;
const BEFORE = '{\n  "permissions": { "deny": ["Read(./.env)"] }\n}\n';

async function looping(): Promise<(cwd: string) => Promise<ChildProcess>> {
  const entry = await programOf('test/apply/kill-loop.ts');
  return async (cwd) => {
    const state = join(cwd, '../home/.local/state/stakes');
    const child = spawn(process.execPath, [entry, cwd, state], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await new Promise((begun) => child.stdout?.once('data', begun));
    return child;
  };
}

test(`killed ${KILLS} times at random, the file holds the old bytes or the new ones, and --undo restores`, async () => {
  const start = await looping();
  const project = await projectWith(BEFORE);
  await project.apply();
  const after = project.read();
  await project.apply(['--undo', '-y']);
  const seen = new Set<string>();
  for (let i = 0; i < KILLS; i++) {
    const child = await start(project.folder);
    // A change and its way back take about as long.
    await new Promise((wait) => setTimeout(wait, Math.random() * 100));
    const ended = new Promise((resolved) => child.once('exit', resolved));
    child.kill('SIGKILL');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    const left = project.read();
    expect([BEFORE, after]).toContain(left);
    seen.add(left);
    // Whatever was under way, a run goes on from there, forward or back.
    if (i % 4 === 0) {
      expect(await project.apply()).toMatchObject({ code: 0, err: '' });
      expect(project.read()).toBe(after);
    }
    expect(await project.apply(['--undo', '-y'])).toMatchObject({ code: 0, err: '' });
    expect(project.read()).toBe(BEFORE);
    expect(project.installed()).toBeUndefined();
  }
  expect(seen.size, 'kills before and after the file was written').toBe(2);
  await project.apply();
  expect(readdirSync(project.path('.claude'))).toEqual(['settings.json']);
}, 300_000);
