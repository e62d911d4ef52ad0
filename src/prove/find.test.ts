import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineProver } from '../targets/prover.ts';
import { findEngine, type Surroundings } from './find.ts';

const prover = defineProver({
  engine: 'motor',
  title: 'Motor',
  programs: ['motor'],
  package: '@stakes/motor',
  needs: [],
  install: 'get it',
  versionIn: (text) => /^motor (\d+\.\d+)$/.exec(text.trim())?.[1],
  prove: () => Promise.resolve([]),
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stakes-find-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(path: string, script: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function look(over: Partial<Surroundings> = {}) {
  const project = join(root, 'repo/deep');
  mkdirSync(project, { recursive: true });
  return findEngine(prover, { project, cwd: root, path: join(root, 'path'), given: new Map(), ...over });
}

describe('where an engine is looked for', () => {
  test('by name, then in the modules of the project and of those above it, then on PATH', async () => {
    expect(await look()).toEqual({ state: 'missing', reason: 'Motor is not on this machine' });
    const onPath = program('path/motor', 'echo motor 1.0');
    expect(await look()).toMatchObject({ state: 'found', engine: { path: onPath, version: '1.0' } });
    const above = program('repo/node_modules/.bin/motor', 'echo motor 2.0');
    expect(await look()).toMatchObject({ engine: { path: above, version: '2.0' } });
    const own = program('repo/deep/node_modules/.bin/motor', 'echo motor 3.0');
    expect(await look()).toMatchObject({ engine: { path: own } });
    const given = program('elsewhere/it', 'echo motor 4.0');
    expect(await look({ given: new Map([['motor', 'elsewhere/it']]) })).toMatchObject({ engine: { path: given } });
  });

  test('not above the repository, and not in a relative folder of PATH', async () => {
    program('node_modules/.bin/motor', 'echo motor 2.0');
    mkdirSync(join(root, 'repo/.git'), { recursive: true });
    expect(await look()).toMatchObject({ state: 'missing' });
    program('motor', 'echo motor 2.0');
    expect(await look({ path: '.:node_modules/.bin:' })).toMatchObject({ state: 'missing' });
  });

  test('as a package, when there is no program', async () => {
    const folder = join(root, 'repo/node_modules/@stakes/motor');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"@stakes/motor","version":"5.0.0"}');
    expect(await look()).toMatchObject({ state: 'found', engine: { path: folder, version: '5.0.0' } });
    writeFileSync(join(folder, 'package.json'), '{"name":"other","version":"5.0.0"}');
    expect(await look()).toMatchObject({ state: 'unusable', reason: expect.stringContaining('not the package') });
  });
});

describe('what was found and is not it', () => {
  test.each([
    ['prints rubbish', 'head -c 100000 /dev/urandom', 'another program'],
    ['is another program', 'echo git version 2.39.5', 'another program'],
    ['says nothing', 'exit 3', 'another program'],
    ['never stops printing', 'while :; do echo motor 1.0 motor 1.0 motor 1.0 motor 1.0; done', 'another program'],
    ['cannot be started', 'exec /nowhere/at/all', 'another program'],
  ])('%s', async (_, script, reason) => {
    program('path/motor', script);
    expect(await look()).toMatchObject({ state: 'unusable', reason: expect.stringContaining(reason) });
  });

  test('is not there', async () => {
    const given = new Map([['motor', 'nowhere']]);
    expect(await look({ given })).toMatchObject({ state: 'unusable', reason: 'there is no program at this path' });
  });

  test('hangs', async () => {
    program('path/motor', 'sleep 600');
    const found = await look({ patienceMs: 300 });
    expect(found).toMatchObject({ state: 'unusable', reason: expect.stringContaining('no answer') });
  });

  test('lacks a program that it needs', async () => {
    program('path/motor', 'echo motor 1.0');
    const needy = { ...prover, needs: ['stakes-no-such-program'] };
    const around = { project: root, cwd: root, path: join(root, 'path'), given: new Map<string, string>() };
    const found = await findEngine(needy, around);
    if (process.platform === 'linux')
      expect(found).toMatchObject({ state: 'unusable', reason: expect.stringContaining('stakes-no-such-program') });
    else expect(found).toMatchObject({ state: 'found' });
  });
});
