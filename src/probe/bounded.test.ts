import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { runBounded } from './bounded.ts';

const folder = mkdtempSync(join(tmpdir(), 'stakes-bounded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG = 120;
const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
};

/** What tells a process from a later one with its number; undefined: it is gone, or waits only to be counted by its parent. */
const lifeOf = (id: number): string | undefined => {
  if (process.platform !== 'linux') return isAlive(id) ? 'alive' : undefined;
  try {
    const [state, ...rest] = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' || state === 'X' ? undefined : rest[18];
  } catch {
    return undefined;
  }
};

test('a process that has left the group and holds the pipes is not waited for', async () => {
  const away = `const { spawn } = require('node:child_process');
    const left = spawn('sleep', ['${LONG}'], { detached: true, stdio: 'inherit' });
    left.unref();
    console.log(left.pid);`;
  const ran = await runBounded({
    command: process.execPath,
    args: ['-e', away],
    env: {},
    cwd: folder,
    limitMs: 60_000,
  });
  const left = Number(ran.stdout);
  try {
    expect(ran).toMatchObject({ code: 0, timedOut: false });
    expect(isAlive(left)).toBe(true);
  } finally {
    process.kill(left, 'SIGKILL');
  }
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s leaves no program behind',
  async (signal) => {
    const file = join(folder, signal);
    const built = join(folder, 'bounded.mjs');
    buildSync({
      entryPoints: [join(import.meta.dirname, 'bounded.ts')],
      outfile: built,
      format: 'esm',
      platform: 'node',
      bundle: true,
    });
    const program = `import { runBounded } from ${JSON.stringify(built)};
    await runBounded({
      command: '/bin/sh',
      args: ['-c', 'echo $$ > "$1.new"; mv "$1.new" "$1"; sleep ${LONG}', 'sh', ${JSON.stringify(file)}],
      env: { PATH: '/usr/bin:/bin' },
      cwd: '/',
      limitMs: 60_000,
    });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 20_000 }).toMatch(/^\d+\n$/);
    const started = Number(readFileSync(file, 'utf8'));
    const life = lifeOf(started);
    expect(life).toBeDefined();
    child.kill(signal);
    await ended;
    await expect.poll(() => lifeOf(started) === life, { timeout: 5_000 }).toBe(false);
  },
  30_000,
);
