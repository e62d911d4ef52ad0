import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLog } from '../../src/audit/log.ts';
import { segmentsIn } from '../../src/audit/segments.ts';
import { verifyLog } from '../../src/audit/verify/log.ts';
import { calls, keysOf, ORIGIN } from '../audit/audit.fixture.ts';

const room = mkdtempSync(join(tmpdir(), 'stakes-audit-engines-'));
const at = { folder: join(room, 'log'), keys: join(room, 'keys') };
const opener = join(room, 'note');
const files: string[] = [];

beforeAll(() => {
  const log = openLog({ ...at, origin: ORIGIN, durable: false, segmentBytes: 12_000 });
  for (let round = 0; round < 8; round++) {
    calls(log, 3 + round);
    if (round % 2 === 0) log.checkpoint();
    log.sign();
  }
  log.close();
  openLog({ ...at, origin: ORIGIN, durable: false }).close();
  files.push(...segmentsIn(at.folder).map(({ path }) => path));
  // Debian's library, and nothing from a network.
  const env = {
    PATH: process.env.PATH,
    HOME: room,
    GOPATH: '/usr/share/gocode',
    GO111MODULE: 'off',
    GOPROXY: 'off',
    GOCACHE: join(room, 'cache'),
  };
  const built = spawnSync('go', ['build', '-o', opener, join(import.meta.dirname, 'audit/note.go')], {
    env,
    encoding: 'utf8',
  });
  expect(built.stderr).toBe('');
}, 300_000);
afterAll(() => rmSync(room, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const openssl = (paths: string[], key = join(at.keys, 'signing.pub.pem')) =>
  run('sh', join(import.meta.dirname, 'audit/openssl.sh'), key, ...paths);
const go = (paths: string[]) => run(opener, readFileSync(join(at.keys, 'signing.pub'), 'utf8').trim(), ...paths);
const ours = (paths: string[]) =>
  verifyLog(
    paths.map((path, i) => ({ path, shown: path, number: i + 1 })),
    { keys: keysOf(at), checkpoints: [] },
  );

/** The same log with a change in its second file. */
function changed(from: RegExp, to: string): string[] {
  const path = join(room, 'changed.jsonl');
  const text = readFileSync(files[1] ?? '', 'utf8');
  expect(from.test(text)).toBe(true);
  writeFileSync(path, text.replace(from, to));
  return files.map((file, i) => (i === 1 ? path : file));
}

test('openssl and Go find as many lines, signatures and checkpoints as we do, and all of them hold', () => {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  const number = (kind: string) => kinds.filter((each) => each === kind).length;
  expect(files.length).toBeGreaterThan(2);
  expect(number('checkpoint')).toBeGreaterThan(5);
  expect(ours(files)).toMatchObject({ findings: [], log: { verdict: 'intact', lines: lines.length } });
  expect(openssl(files)).toEqual({
    status: 0,
    said: `${lines.length} lines, ${number('signature')} signatures, ${number('checkpoint')} checkpoints\n`,
  });
  expect(go(files)).toEqual({ status: 0, said: `${lines.length} lines, ${number('checkpoint')} checkpoints\n` });
});

describe.each([
  ['a value in a record', /"\/amount":\d+/, '"/amount":7777'],
  ['a line that is gone', /\n.*"kind":"outcome".*\n/, '\n'],
  ['a signature', /"signature":"(..)/, '"signature":"AA'],
  ['the root of a checkpoint', /(refund-desk\\n\d+\\n)..../, '$1AAAA'],
])('%s', (_, from, to) => {
  test('nobody takes it', () => {
    const paths = changed(from, to);
    expect(openssl(paths).status).toBe(1);
    // Go looks at checkpoints and the lines in them, which is everything before the last one.
    expect(go(paths).status).toBe(1);
    expect(ours(paths).log?.verdict).toBe('broken');
  });
});

test('under another key, nobody takes it either', () => {
  const other = { folder: join(room, 'other'), keys: join(room, 'other-keys') };
  openLog({ ...other, origin: ORIGIN, durable: false }).close();
  expect(openssl(files, join(other.keys, 'signing.pub.pem')).status).toBe(1);
  expect(
    verifyLog(
      files.map((path, i) => ({ path, shown: path, number: i + 1 })),
      { keys: keysOf(other), checkpoints: [] },
    ).log?.verdict,
  ).toBe('broken');
});
