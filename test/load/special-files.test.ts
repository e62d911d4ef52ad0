import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, GOOD, run } from '../cli/fake-io.ts';

const unix = process.platform !== 'win32';

async function firstError(folder: string, path: string): Promise<{ code: number; text: string }> {
  const { code, out } = await run(folder, ['assess', path], { columns: 500 });
  return { code, text: out.split('\n')[0] ?? '' };
}

test('a file that is not there, or whose folder is a file', async () => {
  const folder = folderWith({ file: '' });
  expect(await firstError(folder, 'none.yaml')).toEqual({
    code: 2,
    text: 'error[missing-file]: there is no file `none.yaml`',
  });
  expect(await firstError(folder, 'file/x')).toEqual({
    code: 2,
    text: 'error[missing-file]: there is no file `file/x`',
  });
});

test.skipIf(!unix)('links that lead nowhere or in a circle', async () => {
  const folder = folderWith();
  symlinkSync('/nowhere/at/all', join(folder, 'dangling.agent.yaml'));
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  expect((await firstError(folder, 'dangling.agent.yaml')).text).toContain(
    'is a symbolic link to a file that is not there',
  );
  expect((await firstError(folder, 'a')).text).toBe('error[unreadable-file]: `a` is a loop of symbolic links');
  const found = await run(folder, ['assess']);
  expect(found.code).toBe(2);
});

test.skipIf(!unix)('pipes, sockets and devices are not waited for', async () => {
  const folder = folderWith();
  execFileSync('mkfifo', [join(folder, 'fifo.agent.yaml')]);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(folder, 'socket.agent.yaml'), done));
  onTestFinished(() => void server.close());
  symlinkSync('/dev/zero', join(folder, 'zero.agent.yaml'));
  for (const name of ['fifo', 'socket', 'zero']) {
    const { code, text } = await firstError(folder, `${name}.agent.yaml`);
    expect(code).toBe(2);
    expect(text).toMatch(/^error\[not-a-file\]: .* is a (?:pipe or a device|socket), not a file$/);
  }
});

test('a folder is searched, whatever its name', async () => {
  const folder = folderWith({ 'x.agent.yaml/good.agent.yaml': GOOD });
  expect((await run(folder, ['assess', 'x.agent.yaml'])).code).toBe(0);
  expect((await run(folder, ['assess', '.'])).out).toContain('good in x.agent.yaml/good.agent.yaml');
});

test('discovery leaves out what is not the project', async () => {
  const other = GOOD.replace('good', 'other');
  const folder = folderWith({
    'good.agent.yaml': GOOD,
    'node_modules/p/other.agent.yaml': other,
    '.git/other.agent.yaml': other,
    'deep/.stakes/other/other.agent.yaml': other,
    'deep/agent.json': '{"name": "some other tool"}',
    'notes.yaml': other,
  });
  const { code, out } = await run(folder, ['assess', '-f', 'json']);
  expect(code).toBe(0);
  expect((JSON.parse(out) as { results: { agent: string }[] }).results.map(({ agent }) => agent)).toEqual(['good']);
});

test('files are found in one order, shown relative and with slashes, each once', async () => {
  const names = ['b/z.agent.yaml', 'a.agent.yaml', 'b/agent.yaml', 'a/agent.yml', 'c.agent.json'];
  const folder = folderWith(Object.fromEntries(names.map((name, i) => [name, GOOD.replace('good', `good-${i}`)])));
  const { out } = await run(folder, ['assess', '-f', 'json', '.', 'a.agent.yaml', './b']);
  const files = (JSON.parse(out) as { results: { file: string }[] }).results.map(({ file }) => file);
  expect(files).toEqual(['a.agent.yaml', 'a/agent.yml', 'b/agent.yaml', 'b/z.agent.yaml', 'c.agent.json']);
  const below = await run(join(folder, 'b'), ['assess', '-f', 'json', '../a.agent.yaml', '.']);
  expect((JSON.parse(below.out) as { results: { file: string }[] }).results.map(({ file }) => file)).toEqual([
    '../a.agent.yaml',
    'agent.yaml',
    'z.agent.yaml',
  ]);
});

test.skipIf(!unix)('a link that nobody named does not lead out of the project', async () => {
  const outside = folderWith({ 'secret.txt': 'the launch code is 0000\n', 'other.agent.yaml': GOOD });
  const folder = folderWith({ 'good.agent.yaml': GOOD.replace('good', 'own') });
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'x.agent.yaml'));
  symlinkSync(join(outside, 'other.agent.yaml'), join(folder, 'y.agent.yaml'));
  const found = await run(folder, ['assess']);
  expect(found.code).toBe(2);
  expect(found.out.match(/error\[outside-root\]/g)).toHaveLength(2);
  expect(found.out).not.toContain('launch code');
  expect((await run(folder, ['assess', 'y.agent.yaml'])).code).toBe(0);
});

test('standard input: empty, too large, and an agent that names itself', async () => {
  const folder = folderWith();
  const self = 'schemaVersion: 1\nagent: { id: a }\ntools: {}\nsubagents: { b: { manifest: "#a" } }\n';
  const pair = `${self.replace('#a', '#b')}---\n${GOOD.replace('good', 'b')}`;
  const tell = async (stdin: string) =>
    (await run(folder, ['assess', '-'], { stdin, columns: 500 })).out.split('\n')[0];
  expect(await tell('')).toBe('error[empty-file]: `<stdin>` is empty');
  expect(await tell('a'.repeat(2_000_000))).toMatch(/^error\[too-large\]: `<stdin>` has more than 1048576 bytes/);
  expect(await tell(self)).toBe('error[subagent-loop]: subagents form a loop: `a` → `a`');
  expect(await tell(pair)).toBe('a in <stdin>:2');
});

test('a file whose name is hostile is shown escaped', async () => {
  const folder = folderWith({ 'a\u001b[31m\u202e.agent.yaml': GOOD.replace('read', 'reed') });
  for (const argv of [[], ['generate'], ['generate', '-f', 'json'], ['assess', '-f', 'markdown']]) {
    const ran = await run(folder, argv);
    expect(ran.out + ran.err).not.toMatch(/[\u001b\u202e](?!\[31m)/);
  }
  const { out, err } = await run(folder, ['assess', '--max-tier', 'light']);
  expect(out + err).not.toMatch(/[\u001b\u202e]/);
  expect(out).toContain('\\u{1b}[31m');
});

// Root reads everything, so this drops to another user in a process of its own.
const bin = 'bin/stakes.js';
const canDrop =
  unix && process.getuid?.() === 0 && existsSync('dist/cli.cjs') && asNobody(['--version'], '/').status === 0;
test.skipIf(!canDrop)(
  'files and folders without permission (runs as root on Unix, with a build, and drops to another user)',
  () => {
    const folder = folderWith({ 'good.agent.yaml': GOOD, 'closed.agent.yaml': GOOD, 'shut/x.agent.yaml': GOOD });
    mkdirSync(join(folder, 'bundle'));
    chmodSync(join(folder, 'closed.agent.yaml'), 0o000);
    chmodSync(join(folder, 'shut'), 0o000);
    chmodSync(folder, 0o755);
    const file = asNobody(['assess', 'closed.agent.yaml'], folder);
    expect(file.stdout).toContain('error[unreadable-file]: `closed.agent.yaml` cannot be read (EACCES)');
    expect(file.stdout).toContain('help: check its permissions');
    expect(file.status).toBe(2);
    const closed = asNobody(['assess', 'shut'], folder);
    expect(closed.stdout).toContain('error[unreadable-folder]: the folder `shut` cannot be listed');
    expect(closed.status).toBe(2);
    const written = asNobody(['generate', 'good.agent.yaml'], folder);
    expect(written.stderr).toContain('permission is denied');
    expect(written.status).toBe(2);
    writeFileSync(join(folder, 'end'), '');
  },
);

function asNobody(argv: string[], cwd: string) {
  return spawnSync(process.execPath, [join(process.cwd(), bin), ...argv], {
    cwd,
    encoding: 'utf8',
    uid: 65_534,
    gid: 65_534,
  });
}
