import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { strongest } from '../../src/cli/exit.ts';
import { folderWith, GOOD, manifest, run } from './fake-io.ts';

const DANGEROUS = manifest('wild', 'tools: { Bash: { arbitrary: true, access: allow } }');

test('help says what each command takes, on stdout, with exit 0', async () => {
  const folder = folderWith();
  for (const argv of [['--help'], ['-h'], ['help'], ['assess', '--help'], ['help', 'generate'], ['overview', '-h']]) {
    const { code, out, err } = await run(folder, argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: stakes/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(84);
  }
  expect((await run(folder, ['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [['asess'], 'Did you mean assess?'],
  [['assess', '--max-teir', 'full'], 'Did you mean --max-tier?'],
  [['--hlep'], 'Did you mean --help?'],
  [['assess', '--max-tier', 'fulll'], 'Allowed choices are light, medium, medium-plus, full'],
  [['assess', '-f', 'xml'], 'Allowed choices are html, human, json, markdown, svg'],
  [['assess', '--color', 'sometimes'], 'Allowed choices are auto, always, never'],
  [['generate', '--out'], 'argument missing'],
  [['generate', '-t', 'cedr'], 'there is no target `cedr`; did you mean `cedar`?'],
  [['generate', '-t', ''], 'there is no target ``'],
  [['./a.agent.yaml'], "unknown command './a.agent.yaml'"],
])('%j is refused with what was meant', async (argv, says) => {
  const { code, out, err } = await run(folderWith({ 'a.agent.yaml': GOOD }), argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(says);
  expect(err).toMatch(/^error: /);
  expect(err).not.toMatch(/\n\s+at /);
});

test('--max-tier: at it is fine, above it is 1, and the report still comes', async () => {
  const folder = folderWith({ 'a.agent.yaml': GOOD, 'b.agent.yaml': DANGEROUS });
  expect((await run(folder, ['assess', '--max-tier', 'full'])).code).toBe(0);
  const { code, out, err } = await run(folder, ['assess', '--max-tier', 'medium']);
  expect({ code, err }).toEqual({ code: 1, err: 'b.agent.yaml: `wild` is full, above --max-tier medium\n' });
  expect(out).toContain('wild in b.agent.yaml');
});

test('several codes at once: the strongest stands', async () => {
  expect(strongest([0, 3, 1, 2, 4, 130])).toBe(130);
  expect(strongest([0, 3, 1, 2, 4])).toBe(4);
  expect(strongest([0, 3, 1, 2])).toBe(2);
  expect(strongest([0, 3, 1])).toBe(1);
  expect(strongest([0, 3])).toBe(3);
  expect(strongest([])).toBe(0);
  const folder = folderWith({ 'a.agent.yaml': DANGEROUS, 'b.agent.yaml': 'x' });
  expect((await run(folder, ['assess', '--max-tier', 'light'])).code).toBe(2);
});

test('nothing found is 3, and says where it looked', async () => {
  const folder = folderWith({ 'notes.yaml': GOOD });
  mkdirSync(join(folder, 'empty'));
  for (const command of ['assess', 'generate', 'overview']) {
    expect(await run(folder, [command])).toMatchObject({
      code: 3,
      err: expect.stringContaining('no agent manifest here (*.agent.yaml, agent.yaml)'),
    });
    expect((await run(folder, [command, 'empty'])).err).toContain('no agent manifest in `empty`');
  }
  const json = await run(folder, ['assess', '-f', 'json']);
  expect(JSON.parse(json.out)).toEqual({ schema: 'stakes/assessment@1', results: [], errors: [] });
  expect(await run(folder, [])).toMatchObject({ code: 3, out: '' });
});

test('data is on stdout alone', async () => {
  const folder = folderWith({ 'a.agent.yaml': GOOD, 'b.agent.yaml': 'x: [', 'c.agent.yaml': DANGEROUS });
  for (const argv of [
    ['assess', '-f', 'json', '--max-tier', 'light'],
    ['generate', '-f', 'json'],
    ['generate', '-f', 'json', '--check'],
  ]) {
    const { out } = await run(folder, argv);
    expect(JSON.parse(out)).toMatchObject({ errors: [{ code: 'not-yaml', file: 'b.agent.yaml' }] });
  }
});

const ESCAPE = '\u001b[';
test.each([
  ['nothing', [], {}, false, false],
  ['a terminal', [], {}, true, true],
  ['NO_COLOR on a terminal', [], { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR on a terminal', [], { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR in a pipe', [], { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0 on a terminal', [], { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR over FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
  ['a dumb terminal', [], { TERM: 'dumb' }, true, false],
  ['--color always over NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, false, true],
  ['--color never on a terminal', ['--color', 'never'], { FORCE_COLOR: '1' }, true, false],
])('colour: %s', async (_, flags, env, stdoutIsTty, colored) => {
  const folder = folderWith({ 'a.agent.yaml': DANGEROUS, 'b.agent.yaml': 'x: [' });
  const { out } = await run(folder, ['assess', ...flags], { env, stdoutIsTty });
  expect(out.includes(ESCAPE)).toBe(colored);
  const json = await run(folder, ['assess', '-f', 'json', ...flags], { env, stdoutIsTty });
  expect(json.out).not.toContain(ESCAPE);
});

test('the same run gives the same bytes', async () => {
  const folder = folderWith({ 'z.agent.yaml': GOOD, 'a.agent.yaml': DANGEROUS, 'm.agent.yaml': 'x: [' });
  for (const format of ['human', 'json', 'markdown']) {
    expect(await run(folder, ['assess', '-f', format])).toEqual(await run(folder, ['assess', '-f', format]));
  }
});

test('every width down to a phone', async () => {
  const folder = folderWith({
    'a.agent.yaml': DANGEROUS,
    'b.agent.yaml': `tools: { ${'x: read, '.repeat(50)} a: reed }\n`,
  });
  for (const columns of [20, 40, 80, 200]) {
    const { code, out } = await run(folder, ['assess'], { columns });
    expect(code).toBe(2);
    expect(out).toContain('error[');
  }
});
