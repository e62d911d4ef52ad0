import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, GOOD, run } from './fake-io.ts';

test('a baseline that cannot be written is said, not thrown', async () => {
  const folder = folderWith({ 'good.agent.yaml': GOOD });
  const { code, err } = await run(folder, ['lint', '--write-baseline', '--baseline', 'gone/baseline.json']);
  expect([code, err]).toEqual([
    2,
    'error: `gone/baseline.json` cannot be written: a part of the path cannot be made\n',
  ]);
  expect(readdirSync(folder)).toEqual(['good.agent.yaml']);
});

test('a folder in its place stays', async () => {
  const folder = folderWith({ 'good.agent.yaml': GOOD });
  mkdirSync(join(folder, 'stakes.baseline.json'));
  writeFileSync(join(folder, 'stakes.baseline.json/mine'), 'mine');
  const { code, err } = await run(folder, ['lint', '--write-baseline']);
  expect([code, err]).toEqual([2, expect.stringMatching(/^error: `stakes\.baseline\.json` cannot be written: /)]);
  expect(readdirSync(folder).toSorted()).toEqual(['good.agent.yaml', 'stakes.baseline.json']);
  expect(readFileSync(join(folder, 'stakes.baseline.json/mine'), 'utf8')).toBe('mine');
});

test('written anew, it still tells editors its schema', async () => {
  const folder = folderWith({ 'good.agent.yaml': GOOD });
  const path = join(folder, 'stakes.baseline.json');
  await run(folder, ['lint', '--write-baseline']);
  const plain = readFileSync(path, 'utf8');
  expect(JSON.parse(plain)).not.toHaveProperty('$schema');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(plain), $schema: './schemas/baseline.schema.json' }));
  expect((await run(folder, ['lint', '--write-baseline'])).code).toBe(0);
  const [first] = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
  expect(first).toEqual(['$schema', './schemas/baseline.schema.json']);
  // One that cannot be read is replaced by one that can.
  writeFileSync(path, '{ "$schema": ');
  await run(folder, ['lint', '--write-baseline']);
  expect(readFileSync(path, 'utf8')).toBe(plain);
});
