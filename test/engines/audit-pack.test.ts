import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLog } from '../../src/audit/log.ts';
import { packed } from '../audit/pack.fixture.ts';

/** All that the README of a pack asks for. */
const PROGRAMS = ['sh', 'openssl', 'cat', 'cut', 'dirname', 'mkdir', 'mktemp', 'rm', 'split', 'tail'];

const room = mkdtempSync(join(tmpdir(), 'stakes-pack-engines-'));
const bin = join(room, 'bin');
let pack = '';
let keys = '';
let log = '';

beforeAll(async () => {
  ({ pack, keys, log } = await packed(room));
  mkdirSync(bin);
  for (const name of PROGRAMS) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(bin, name));
  }
}, 120_000);
afterAll(() => rmSync(room, { recursive: true, force: true }));

/** On a machine that has those programs and nothing else: no home, no settings, no Stakes, no Node. */
function check(folder: string, ...args: string[]) {
  const env = { PATH: bin };
  const { status, stdout, stderr } = spawnSync(join(bin, 'sh'), ['verify.sh', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

test('a pack of the refund desk is verified with openssl and small programs alone', () => {
  const { status, said } = check(pack);
  expect(said).not.toContain('not found');
  expect(said).not.toContain('FAULT');
  const lines = records().flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  const number = (kind: string) => kinds.filter((each) => each === kind).length;
  expect(records().length).toBeGreaterThan(2);
  expect(number('rotation')).toBe(1);
  expect(said).toContain(
    `records/${log}: ${lines.length} lines, ${number('signature')} signatures, ${number('checkpoint')} checkpoints`,
  );
  expect(said.match(/^ {2}signed by /gm)?.length).toBe(1);
  expect(said.trim().split('\n').at(-1)).toBe('Everything holds.');
  expect(status).toBe(0);
});

test('with the keys that somebody got elsewhere, and a checkpoint that was kept', () => {
  const note = join(pack, 'checkpoints', `${log}.txt`);
  const { status, said } = check(pack, '-k', keys, '-c', note);
  expect([status, said.includes('the checkpoint that was kept is one of its own')]).toEqual([0, true]);
  const other = join(room, 'other');
  openLog({ folder: join(other, 'log'), keys: other, origin: 'example.com/other', durable: false }).close();
  const theirs = check(pack, '-k', join(other, 'signing.pub'));
  expect(theirs.status).toBe(1);
  expect(theirs.said).toContain('no key that counts has signed the pack');
  expect(theirs.said).toContain(`records/${log}: no key that counts has signed it`);
});

test('the commands of the README say what it says that they do', () => {
  const readme = readFileSync(join(pack, 'README.md'), 'utf8');
  const [, , block = ''] = readme.split('```sh\n').map((part) => part.split('```')[0] ?? '');
  const [first = '', second = ''] = block.split('\n');
  const ran = (line: string) =>
    spawnSync('sh', ['-c', line.replace(/ #.*$/, '')], { cwd: pack, encoding: 'utf8' }).stdout.trim();
  expect(readFileSync(join(pack, 'SHA256SUMS'), 'utf8')).toContain(`${ran(first).split(' ')[0]}  INDEX.md`);
  const lines = readFileSync(records()[0] ?? '', 'utf8').split('\n');
  expect(ran(second).split(' ').at(-1)).toBe(
    (JSON.parse(lines[3] ?? '') as { prev: string }).prev.slice('sha256:'.length),
  );
});

/** The records' files of a pack, in their order. */
function records(folder = pack): string[] {
  const below = join(folder, 'records', log);
  return readdirSync(below)
    .sort()
    .map((name) => join(below, name));
}

/** As somebody would change a pack who has no key: every digest is made to fit again. */
function changed(change: (folder: string) => void, sums = true): { status: number | null; said: string } {
  const copy = join(room, 'changed');
  cpSync(pack, copy, { recursive: true });
  change(copy);
  if (sums) {
    const text = readFileSync(join(copy, 'SHA256SUMS'), 'utf8').replace(/^\S+ {2}(.*)$/gm, (_, file: string) => {
      const bytes = readFileSync(join(copy, file));
      return `${createHash('sha256').update(bytes).digest('hex')}  ${file}`;
    });
    writeFileSync(join(copy, 'SHA256SUMS'), text);
    rmSync(join(copy, 'SIGNATURE'));
  }
  const found = check(copy);
  rmSync(copy, { recursive: true });
  return found;
}
const edit =
  (from: RegExp, to: string, which = 1) =>
  (folder: string) => {
    const file = records(folder)[which] ?? '';
    const text = readFileSync(file, 'utf8');
    expect(from.test(text)).toBe(true);
    writeFileSync(file, text.replace(from, to));
  };

describe.each([
  ['a value in a record', edit(/"waitedSeconds":30/, '"waitedSeconds":31'), 'does not follow the line before it'],
  ['a line that is gone', edit(/\n.*"kind":"outcome".*\n/, '\n'), 'does not follow the line before it'],
  ['a signature', edit(/"signature":"(..)/, '"signature":"AA'), 'does not hold'],
  ['the root of a checkpoint', edit(/(stripe\\n\d+\\n)..../, '$1AAAA', 0), 'is not signed by its key'],
  [
    'the end that is cut off',
    (folder: string) => {
      const file = records(folder).at(-1) ?? '';
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      const last = lines.findLastIndex((line) => line.includes('"kind":"outcome"'));
      writeFileSync(file, `${lines.slice(0, last + 1).join('\n')}\n`);
    },
    'stand under no signature',
  ],
])('%s', (_, change, message) => {
  test('is found without a digest of a file', () => {
    const { status, said } = changed(change);
    expect(said).toContain(message);
    expect(said).not.toContain('Everything holds');
    expect(status).toBe(1);
  });

  test('and by the digests', () => {
    expect(changed(change, false).said).toMatch(/segment-\d+\.jsonl is not as it was packed/);
  });
});

test('a file in the middle that is gone is missed', () => {
  const { said } = changed((folder) => {
    const [, middle = ''] = records(folder);
    rmSync(middle);
    const sums = join(folder, 'SHA256SUMS');
    const name = middle.slice(folder.length + 1);
    writeFileSync(
      sums,
      readFileSync(sums, 'utf8')
        .split('\n')
        .filter((line) => !line.endsWith(name))
        .join('\n'),
    );
  });
  expect(said).toContain('are not in this pack');
});
