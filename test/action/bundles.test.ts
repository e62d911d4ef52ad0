import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { act, pullJob } from './act.ts';
import { calm } from './agents.ts';
import { type Files, pullOf, pushed } from './git.ts';
import { pushPayload } from './payloads.ts';

const FILES = ['stakes.lock.json', 'policy.json', 'README.md', 'LOSSES.md'];
const EDITED = calm('a').replace('200000', '100000');
const base: Record<string, string> = {};

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-bundle-'));
  writeFileSync(join(folder, 'a.agent.yaml'), calm('a'));
  execFileSync(process.execPath, [resolve('bin/stakes.js'), 'generate', '-t', 'policy'], { cwd: folder });
  base['a.agent.yaml'] = calm('a');
  for (const name of FILES) base[`.stakes/a/${name}`] = readFileSync(join(folder, '.stakes/a', name), 'utf8');
  rmSync(folder, { recursive: true });
});

function actOn(changes: Files, before: Files = base, inputs: Record<string, string> = {}) {
  const { workspace, sha } = pushed({ ...before, ...changes });
  return act({ workspace, sha, ref: 'refs/heads/main', event: 'push', payload: pushPayload(sha, sha), inputs });
}

test('files that are as they should be', async () => {
  expect(await actOn({ x: '1' })).toMatchObject({ code: 0, outputs: { stale: '0' } });
});

test.each<[string, Files, string]>([
  ['a manifest that changed', { 'a.agent.yaml': EDITED }, 'stakes generate a.agent.yaml'],
  ['a file that was edited', { '.stakes/a/policy.json': '{}\n' }, 'stakes generate a.agent.yaml --force'],
  ['a file that was removed', { '.stakes/a/LOSSES.md': null }, 'stakes generate a.agent.yaml --force'],
])('%s fails, with what mends it', async (_, head, mend) => {
  const acted = await actOn(head);
  expect(acted).toMatchObject({ code: 1, outputs: { stale: '1' } });
  expect(acted.out).toContain(`%0Amend: ${mend}\n`);
  expect(acted.summary).toContain(`mend: \`${mend}\``);
});

test('all of them removed by a pull request fails, too', async () => {
  const gone = Object.fromEntries(FILES.map((name) => [`.stakes/a/${name}`, null]));
  const acted = await act(pullJob(pullOf(base, gone), 'acme'));
  expect(acted).toMatchObject({ code: 1, outputs: { stale: '1' } });
  expect(acted.out).toContain('a: its files were committed and are gone%0Amend: stakes generate a.agent.yaml\n');
});

test('the command mends it', async () => {
  const pull = pullOf(base, { 'a.agent.yaml': EDITED });
  const job = pullJob(pull, 'acme', { inputs: { FAIL_ON: 'never' } });
  const mend = /%0Amend: stakes (.*)\n/.exec((await act(job)).out)?.[1] ?? '';
  execFileSync(process.execPath, [resolve('bin/stakes.js'), ...mend.split(' ')], { cwd: job.workspace });
  expect(await act(job)).toMatchObject({ code: 0 });
});

test('in a folder below, the command says where', async () => {
  const below = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`it's/b/${path}`, text]));
  const acted = await actOn(below({ 'a.agent.yaml': EDITED }), below(base), { WORKING_DIRECTORY: "it's/b" });
  expect(acted).toMatchObject({ code: 1 });
  expect(acted.out).toContain(`%0Amend: cd 'it'\\''s/b' && stakes generate a.agent.yaml\n`);
});

test('an agent that never had any is no fault', async () => {
  const acted = await actOn({ 'b.agent.yaml': calm('b') });
  expect(acted).toMatchObject({ code: 0 });
  expect(acted.summary).toContain('- 1 agent without generated files');
  expect((await actOn({ x: '1' }, { 'a.agent.yaml': calm('a') })).summary).toContain(
    'no generated files are committed',
  );
});

test('files of no agent are named', async () => {
  const acted = await actOn({ 'a.agent.yaml': calm('b') });
  expect(acted.summary).toContain('`.stakes/a/stakes.lock.json` is of no agent here');
});

test('an invalid manifest stops the check', async () => {
  const acted = await actOn({ 'b.agent.yaml': 'agent: [' });
  expect(acted).toMatchObject({ code: 2 });
  expect(acted.out).toContain('the generated files could not be checked');
});

test('`check-generated: false` leaves them alone', async () => {
  expect(await actOn({ '.stakes/a/policy.json': '{}\n' }, base, { CHECK_GENERATED: 'false' })).toMatchObject({
    code: 0,
  });
});

test('nothing is written into the checkout', async () => {
  const job = pullJob(pullOf(base, { '.stakes/a/policy.json': null }), 'acme');
  const before = execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: job.workspace, encoding: 'utf8' });
  await act(job);
  expect(execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: job.workspace, encoding: 'utf8' })).toBe(
    before,
  );
});
