import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowing, logOf, project, type Running, refusalOf, stakes, start } from './running.ts';

const open = allowing(['list']);
const calls = async (gate: Running, many: number) => {
  const answers = [];
  for (let i = 0; i < many; i++) answers.push(await gate.call('list', { i }));
  return answers;
};

// There is no such limit on Windows, and no disk small enough to fill.
test.skipIf(platform() === 'win32')(
  'a disk that is full: not one call more runs than is on record, and each that does not is told why',
  async () => {
    const at = project(open);
    const gate = start(at, { limit: 24 });
    const answers = await calls(gate, 120);
    const ran = answers.filter((answer) => refusalOf(answer) === undefined);
    expect(ran.length).toBeGreaterThan(5);
    expect(ran.length).toBeLessThan(100);
    // In the order that they came in: once it is full, nothing runs.
    expect(answers.slice(ran.length).map(refusalOf)).toEqual(
      Array.from({ length: 120 - ran.length }, () => expect.stringContaining('cannot be recorded')),
    );
    expect(ran.map((answer) => answer?.result?.content?.[0]?.text)).toEqual(ran.map((_, i) => String(i + 1)));
    expect(gate.said()).toContain('no record can be written');
    await gate.end();
    const records = readdirSync(logOf(at)).filter((name) => name.endsWith('.jsonl'));
    const intents = records.flatMap(
      (name) => readFileSync(join(logOf(at), name), 'utf8').match(/"kind":"intent"/g) ?? [],
    );
    expect(intents).toHaveLength(ran.length);
    // The last signature found no room: the next gate finds that, says it, and goes on.
    const again = start(at);
    expect(refusalOf(await again.call('list'))).toBeUndefined();
    await again.end();
    const { code, text } = await stakes(at, 'audit', 'verify', logOf(at));
    expect(text).toContain('INTACT');
    expect(code).toBe(0);
  },
);

test('records that are removed while the gate runs: what nobody could ever read is not written on', async () => {
  const at = project(open);
  const gate = start(at);
  expect((await calls(gate, 3)).map(refusalOf)).toEqual([undefined, undefined, undefined]);
  rmSync(logOf(at), { recursive: true });
  const refusal = async () => refusalOf(await gate.call('list')) ?? '';
  await expect.poll(refusal, { timeout: 5000 }).toContain('cannot be recorded');
  expect(gate.said()).toContain('removed');
  await gate.end();
});

function fileInstead(folder: string): void {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
}

function folderInstead(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

describe('counts', () => {
  test.each([
    ['a file stands where their folder should be', (state: string) => writeFileSync(join(state, 'ledger'), '')],
    ['and where all folders should be', fileInstead],
  ])('%s: nothing is started', async (_, spoil) => {
    const at = project(open, "process.stderr.write('STARTED\\n'); process.stdin.resume();");
    mkdirSync(join(at.state, 'stakes'), { recursive: true });
    spoil(join(at.state, 'stakes'));
    const gate = start(at);
    expect(await gate.end()).toBe(2);
    expect(gate.said()).toContain('error[');
    expect(gate.said()).not.toContain('STARTED');
  });

  test.each([
    ['are damaged', 'damaged', (file: string) => appendFileSync(file, 'no count\n')],
    ['are removed', 'removed', (file: string) => rmSync(file)],
    ['are cut off', 'cut off', (file: string) => writeFileSync(file, '')],
  ])('that %s while the gate runs: nothing more is let through, and it says why', async (_, word, spoil) => {
    const at = project(open);
    const gate = start(at);
    expect(refusalOf(await gate.call('list'))).toBeUndefined();
    const folder = join(at.state, 'stakes/ledger');
    spoil(join(folder, readdirSync(folder)[0] ?? expect.fail('nothing is counted')));
    for (const answer of await calls(gate, 3)) expect(refusalOf(answer)).toContain('cannot be read');
    expect(gate.said()).toContain(word);
    expect(await gate.end()).toBe(0);
    const { text } = await stakes(at, 'audit', 'verify', logOf(at));
    expect(text, 'what was refused is on record all the same').toContain('4 calls and 1 outcome');
  });
});

describe('a policy that changes while the gate runs', () => {
  const changes: [string, (file: string) => void][] = [
    ['is removed', (file) => rmSync(file)],
    ['is emptied', (file) => writeFileSync(file, '')],
    ['is written half', (file) => writeFileSync(file, JSON.stringify(open).slice(0, 700))],
    ['is of a newer version', (file) => writeFileSync(file, JSON.stringify({ ...open, schema: 'stakes/policy@2' }))],
    ['is no policy', (file) => writeFileSync(file, '{"name":"x"}')],
    ['is a folder', folderInstead],
  ];
  test.each(changes)('and %s: the one before it stays in force, and the next good one holds', async (_, change) => {
    const at = project(open);
    const gate = start(at);
    expect(refusalOf(await gate.call('list'))).toBeUndefined();
    change(at.policy);
    await expect
      .poll(async () => refusalOf(await gate.call('list')) ?? gate.said(), { timeout: 5000 })
      .toContain('the policy before it stays in force');
    expect(refusalOf(await gate.call('list'))).toBeUndefined();
    expect(refusalOf(await gate.call('drop'))).toContain('is not granted');
    rmSync(at.policy, { recursive: true, force: true });
    writeFileSync(at.policy, JSON.stringify(allowing(['drop'])));
    const refusal = async () => refusalOf(await gate.call('list')) ?? '';
    await expect.poll(refusal, { timeout: 5000 }).toContain('is not granted');
    expect(refusalOf(await gate.call('drop'))).toBeUndefined();
    expect(await gate.end()).toBe(0);
  });
});
