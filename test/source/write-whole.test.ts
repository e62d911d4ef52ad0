import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { draftOf, sweep, writeWhole } from '../../src/source/write-whole.ts';
import { programOf } from '../program.ts';
import { contents } from './contents.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stakes-whole-'));
  onTestFinished(() => {
    chmodSync(made, 0o700);
    rmSync(made, { recursive: true, force: true });
  });
  return made;
}

const bitsOf = (path: string) => statSync(path).mode & 0o7777;

/** The system asks nobody who may do everything. */
function asNobody(step: () => void): void {
  const mighty = process.geteuid?.() === 0;
  if (mighty) process.seteuid?.(65534);
  try {
    step();
  } finally {
    if (mighty) process.seteuid?.(0);
  }
}

function withUmask(umask: number, step: () => void): void {
  const before = process.umask(umask);
  try {
    step();
  } finally {
    process.umask(before);
  }
}

test('killed at random, the file holds all the old bytes or all the new ones', async () => {
  const program = await programOf('test/source/write-loop.ts');
  const file = join(folder(), 'file');
  writeFileSync(file, contents[0]);
  const seen = new Set<number>();
  let drafts = 0;
  for (let i = 0; i < 20; i++) {
    const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    await new Promise((wait) => setTimeout(wait, Math.random() * 30));
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    const left = readFileSync(file, 'utf8');
    const which = contents.indexOf(left);
    expect(which, `${left.length} characters of neither`).not.toBe(-1);
    seen.add(which);
    drafts += readdirSync(join(file, '..')).length - 1;
    sweep(file);
    expect(readdirSync(join(file, '..'))).toEqual(['file']);
  }
  expect(seen.size, 'kills before and after a write').toBe(2);
  expect(drafts, 'kills in the middle of a write').toBeGreaterThan(0);
}, 120_000);

describe('permission bits', () => {
  test.each([
    [{}, 0o022, 0o644],
    [{}, 0o077, 0o600],
    [{ mode: 0o644 }, 0o002, 0o644],
    [{ mode: 0o644 }, 0o077, 0o600],
    [{ mode: 0o755, exact: true }, 0o077, 0o755],
    [{ mode: 0o666, exact: true, flushed: true }, 0o022, 0o666],
  ])('%j under the umask %i', (manner, umask, bits) => {
    const file = join(folder(), 'file');
    withUmask(umask, () => writeWhole(file, 'new', manner));
    expect(bitsOf(file)).toBe(bits);
  });

  test('are those asked for, not those of the file that was there', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, 'old');
    chmodSync(file, 0o400);
    writeWhole(file, 'new', { mode: 0o640, exact: true });
    expect([readFileSync(file, 'utf8'), bitsOf(file)]).toEqual(['new', 0o640]);
  });
});

test('a link in its place is replaced, and what it leads to is left alone', () => {
  const here = folder();
  writeFileSync(join(here, 'other'), 'theirs');
  symlinkSync('other', join(here, 'file'));
  writeWhole(join(here, 'file'), 'ours');
  expect(lstatSync(join(here, 'file')).isFile()).toBe(true);
  expect([readFileSync(join(here, 'file'), 'utf8'), readFileSync(join(here, 'other'), 'utf8')]).toEqual([
    'ours',
    'theirs',
  ]);
});

test('in a folder that is read-only nothing is written', () => {
  const here = folder();
  const file = join(here, 'file');
  writeFileSync(file, 'old', { mode: 0o666 });
  chmodSync(here, 0o555);
  asNobody(() => expect(() => writeWhole(file, 'new')).toThrow('EACCES'));
  expect([readFileSync(file, 'utf8'), readdirSync(here)]).toEqual(['old', ['file']]);
});

test('without a folder nothing is made', () => {
  const here = folder();
  expect(() => writeWhole(join(here, 'gone/file'), 'new')).toThrow('ENOENT');
  expect(readdirSync(here)).toEqual([]);
});

test('what cannot be put in its place leaves no draft behind', () => {
  const here = folder();
  mkdirSync(join(here, 'file/within'), { recursive: true });
  expect(() => writeWhole(join(here, 'file'), 'new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect([readdirSync(here), readdirSync(join(here, 'file'))]).toEqual([['file'], ['within']]);
});

test('a draft that is dropped was never there', () => {
  const here = folder();
  const file = join(here, 'file');
  writeFileSync(file, 'old');
  const draft = draftOf(file, 'new');
  expect(readdirSync(here)).toHaveLength(2);
  draft.drop();
  expect([readFileSync(file, 'utf8'), readdirSync(here)]).toEqual(['old', ['file']]);
});

test('only drafts of that very file are swept away', () => {
  const here = folder();
  const stay = ['file', 'file.tmp', 'file.0123456789ab.tmp.bak', 'other.0123456789ab.tmp', 'xfile.0123456789ab.tmp'];
  for (const name of [...stay, 'file.0123456789ab.tmp']) writeFileSync(join(here, name), '');
  sweep(join(here, 'file'));
  expect(readdirSync(here)).toEqual(stay.toSorted());
});
