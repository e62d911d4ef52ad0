import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { questionsFile, questionsIn, recordQuestion } from '../../src/audit/questions.ts';
import { folderWith, run } from '../cli/fake-io.ts';

const QUESTION = { question: 'query', time: '2026-11-02T09:00:00.000Z', seconds: 1.23456, answered: true };

test('a question is a line: what it was called, when, how long, and whether there was an answer', () => {
  const state = join(folderWith(), 'state');
  expect(recordQuestion(state, QUESTION)).toBeUndefined();
  expect(recordQuestion(state, { ...QUESTION, question: 'pack', answered: false })).toBeUndefined();
  expect(questionsIn(state)).toEqual([
    { ...QUESTION, seconds: 1.235 },
    { ...QUESTION, question: 'pack', seconds: 1.235, answered: false },
  ]);
  expect(readFileSync(questionsFile(state), 'utf8').split('\n')[0]).toBe(
    '{"answered":true,"question":"query","schema":"stakes/audit-question@1","seconds":1.235,"time":"2026-11-02T09:00:00.000Z"}',
  );
  if (process.platform !== 'win32') expect(statSync(questionsFile(state)).mode & 0o777).toBe(0o600);
});

test('what is no question is passed over, and no list is an empty one', () => {
  const state = folderWith();
  expect(questionsIn(state)).toEqual([]);
  const line = (more: object) => JSON.stringify({ ...QUESTION, schema: 'stakes/audit-question@1', ...more });
  const lines = [
    'x',
    '{"schema":1}',
    line({ schema: 'stakes/audit-question@2' }),
    line({ seconds: -1 }),
    line({ seconds: '1' }),
    line({ time: 'yesterday' }),
    line({ time: '2026-13-45T00:00:00.000Z' }),
    line({ question: 'rm -rf' }),
    line({ answered: 'yes' }),
    line({}),
    '{"half":',
  ];
  writeFileSync(questionsFile(state), lines.join('\n'));
  expect(questionsIn(state)).toEqual([QUESTION]);
});

test('a folder in its place is no list', () => {
  const state = folderWith();
  mkdirSync(questionsFile(state));
  expect(questionsIn(state)).toEqual([]);
  expect(recordQuestion(state, QUESTION)).toBe('EISDIR');
});

test('where nothing can be written, the answer is given all the same, and says so', async () => {
  const cwd = folderWith({ file: '' });
  const { code, err } = await run(cwd, ['audit', 'metrics'], { env: { XDG_STATE_HOME: join(cwd, 'file') } });
  expect(code).toBe(3);
  expect(err).toContain('that this was asked could not be recorded (ENOTDIR)');
});

test('every subcommand leaves a line, without a word of what was asked', async () => {
  const home = folderWith();
  const env = { XDG_STATE_HOME: join(home, 'state') };
  await run(home, ['audit', 'metrics', '--since', '30d'], { env });
  await run(home, ['audit', 'verify', 'a-private-name'], { env });
  const file = questionsFile(join(home, 'state/stakes'));
  const asked = questionsIn(join(home, 'state/stakes'));
  expect(asked.map(({ question, answered }) => [question, answered])).toEqual([
    ['metrics', true],
    ['verify', false],
  ]);
  expect(readFileSync(file, 'utf8')).not.toContain('private');
});

test('without a state folder nothing is recorded, and nothing is said of it', async () => {
  const { code, err } = await run(folderWith(), ['audit', 'verify', 'nothing']);
  expect(code).toBe(2);
  expect(err).not.toContain('recorded');
});
