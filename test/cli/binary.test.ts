import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, GOOD, manifest } from './fake-io.ts';

const bin = join(process.cwd(), 'bin/stakes.js');
const built = existsSync('dist/cli.cjs');
const env = { PATH: process.env.PATH ?? '' };

function stakes(cwd: string, argv: string[], input = '', more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...env, ...more },
  });
  return { status, stdout, stderr };
}

/** Enough for a pipe to fill up: a pipe holds 64 KiB. */
const many = () =>
  Object.fromEntries(
    Array.from({ length: 150 }, (_, i) => [
      `a${i}.agent.yaml`,
      manifest(`a${i}`, 'tools: { Bash: { arbitrary: true } }'),
    ]),
  );

test.skipIf(!built)('codes, streams and no colour in a pipe', () => {
  const folder = folderWith({ 'good.agent.yaml': GOOD, 'bad.yaml': 'x: [' });
  expect(stakes(folder, ['assess'])).toMatchObject({ status: 0, stderr: '' });
  expect(stakes(folder, ['assess', 'bad.yaml'])).toMatchObject({ status: 2, stderr: '' });
  expect(stakes(folder, ['assess']).stdout).not.toContain('\u001b');
  expect(stakes(folder, ['assess'], '', { FORCE_COLOR: '1' }).stdout).toContain('\u001b[');
  expect(stakes(folder, ['assess', '-'], GOOD).stdout).toContain('good in <stdin>:2');
  expect(stakes(folder, ['assess', '-'], 'x'.repeat(3_000_000))).toMatchObject({ status: 2, stderr: '' });
  expect(stakes(folder, ['nope'])).toMatchObject({ status: 2, stdout: '' });
});

test.skipIf(!built || process.platform === 'win32')('a reader that leaves early is no error', async () => {
  const folder = folderWith(many());
  const child = spawn(process.execPath, [bin, 'assess', '-f', 'json'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((done) => child.on('close', done));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.skipIf(!built || process.platform === 'win32')('all of a long report reaches a slow reader', () => {
  const folder = folderWith(many());
  const slow = execFileSync('sh', ['-c', `"${process.execPath}" "${bin}" assess -f json | (sleep 1; cat)`], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  expect((JSON.parse(slow) as { results: unknown[] }).results).toHaveLength(150);
});

test.skipIf(!built)('nothing of Node shows: no warning, no stack', () => {
  const folder = folderWith({
    'a.agent.yaml': 'schemaVersion: 1\nagent: { id: a }\ntools: { ? [x] : read, ? { y: 1 } : read }\n',
  });
  const { status, stdout, stderr } = stakes(folder, ['assess']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  expect(stdout).toContain('a key must be text');
});
