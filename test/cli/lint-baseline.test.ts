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
