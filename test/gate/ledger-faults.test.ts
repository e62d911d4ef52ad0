import { appendFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { type Machine, machine, NOON } from './ledger-gates.ts';

/** What the disk does next: a fault, or the bytes that it takes. */
const disk = vi.hoisted(() => ({ write: undefined as undefined | number | string, read: '' }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const refuse = (code: string): never => {
    throw Object.assign(new Error(`${code}: refused`), { code });
  };
  return {
    ...real,
    writeSync: (handle: number, text: string) => {
      if (typeof disk.write === 'string') return refuse(disk.write);
      return real.writeSync(handle, disk.write === undefined ? text : text.slice(0, disk.write));
    },
    readSync: (...args: Parameters<typeof real.readSync>) =>
      disk.read === '' ? real.readSync(...args) : refuse(disk.read),
  };
});

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
afterAll(() => void vi.useRealTimers());
beforeEach(() => Object.assign(disk, { write: undefined, read: '' }));

function gates(count: number): Machine {
  const at = machine(count);
  onTestFinished(() => {
    Object.assign(disk, { write: undefined, read: '' });
    at.close();
  });
  return at;
}

const CAP = 3;
const capped = policy([
  agent('desk', {
    tools: { 'pay/refund': grant('allow', { maxCallsPerDay: CAP, cost: { usd: 1 } }) },
    limits: { callsPerMinute: 10 },
  }),
]);
let calls = 0;
const call = (at: Machine, gate = 0) =>
  at.gates[gate]?.ledger.decide(capped, {
    agent: 'desk',
    tool: 'pay/refund',
    arguments: {},
    digest: `sha256:${++calls}`,
  }) ?? expect.fail('no gate');
const rule = (at: Machine, gate = 0) => call(at, gate).verdict.rule;
const fileOf = ({ folder }: Machine) => join(folder, readdirSync(folder)[0] ?? expect.fail('no journal'));

test.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'])(
  'a disk that answers %s: the call is refused and told, counts nowhere, and the next ones go on once it takes them',
  (code) => {
    const at = gates(2);
    expect(rule(at)).toBe('allowed');
    disk.write = code;
    for (let i = 0; i < 5; i++)
      expect(call(at, i % 2)).toEqual({ verdict: expect.objectContaining({ rule: 'state' }) });
    expect(at.told.join()).toContain(code);
    disk.write = undefined;
    expect([rule(at), rule(at, 1), rule(at)]).toEqual(['allowed', 'allowed', 'calls-a-day']);
  },
);

test.each([0, 1, 20])('a disk that takes %i bytes of a line: nothing is let through on half of it', (bytes) => {
  const at = gates(2);
  expect(rule(at)).toBe('allowed');
  disk.write = bytes;
  expect(rule(at)).toBe('state');
  expect(at.told.join()).toContain('could not be written in full');
  disk.write = undefined;
  // Half a line stands before the next one: who comes after cannot tell what was counted.
  const after = [rule(at), rule(at, 1)];
  expect(after).toEqual(bytes === 0 ? ['allowed', 'allowed'] : ['state', 'state']);
  if (bytes > 0) expect(at.told.join()).toMatch(/is damaged; delete it to count from zero/);
});

test('a journal that cannot be read lets nothing through', () => {
  const at = gates(2);
  expect(rule(at)).toBe('allowed');
  expect(rule(at, 1)).toBe('allowed');
  disk.read = 'EIO';
  expect(rule(at)).toBe('state');
  disk.read = '';
  // Nobody knows what was missed.
  expect(rule(at)).toBe('state');
  at.restart(0);
  // What that call had written stays counted: a cap closes too early, and never too late.
  expect(rule(at)).toBe('calls-a-day');
});

test('a call that did not run and cannot be taken back stays counted, and that is told', () => {
  const at = gates(1);
  const { reservation } = call(at);
  disk.write = 'ENOSPC';
  reservation?.release();
  expect(at.told.join()).toContain('stays counted: ENOSPC');
  disk.write = undefined;
  expect([rule(at), rule(at), rule(at)]).toEqual(['allowed', 'allowed', 'calls-a-day']);
});

test.each([
  ['a line that is none', (file: string) => appendFileSync(file, 'what is this\n')],
  ['half a line', (file: string) => appendFileSync(file, '[1795348800000,"[\\"desk')],
  ['bytes that are no text', (file: string) => appendFileSync(file, Buffer.from([0xff, 0, 0xfe, 10]))],
  ['a part of it', (file: string) => truncateSync(file, 10)],
  ['other lines', (file: string) => writeFileSync(file, 'x\n'.repeat(200))],
])('a journal that becomes %s while gates run lets nothing more through, in any of them', (_, spoil) => {
  const at = gates(2);
  expect(rule(at)).toBe('allowed');
  spoil(fileOf(at));
  expect([rule(at), rule(at, 1), rule(at), rule(at, 1)]).toEqual(['state', 'state', 'state', 'state']);
  at.restart(1);
  expect(rule(at, 1)).toBe('state');
});

test.each([
  ['the journal is removed', 'removed', (at: Machine) => rmSync(fileOf(at))],
  ['its folder is removed', 'removed', (at: Machine) => rmSync(at.folder, { recursive: true })],
  ['it is emptied', 'cut off', (at: Machine) => truncateSync(fileOf(at), 0)],
])('%s while a gate runs: it does not go on counting where nobody else does', (_, word, spoil) => {
  const at = gates(1);
  expect(rule(at)).toBe('allowed');
  spoil(at);
  expect([rule(at), rule(at)]).toEqual(['state', 'state']);
  expect(at.told.join()).toContain(word);
});

test('a clock that was set back a little counts on, and one that was set back far refuses until it is right again', () => {
  const at = gates(1);
  expect(rule(at)).toBe('allowed');
  at.time -= 59_000;
  expect(rule(at)).toBe('allowed');
  at.time -= 2_000;
  expect(rule(at)).toBe('state');
  expect(at.told.join()).toContain('the clock was set back');
  at.time = NOON;
  expect([rule(at), rule(at)]).toEqual(['allowed', 'calls-a-day']);
});

test('a clock that was set forward to another day and back does not open a cap again', () => {
  const at = gates(1);
  for (let i = 0; i < CAP; i++) expect(rule(at)).toBe('allowed');
  at.time += 24 * 3600_000;
  expect(rule(at)).toBe('allowed');
  at.time = NOON;
  expect(rule(at)).toBe('state');
  at.restart(0);
  expect(rule(at)).toBe('calls-a-day');
});

test('agents of another policy on the same machine count for themselves', () => {
  const at = gates(1);
  for (let i = 0; i < CAP; i++) expect(rule(at)).toBe('allowed');
  const other = machine(1, NOON, 'desk.2');
  onTestFinished(other.close);
  expect(rule(other)).toBe('allowed');
  expect(rule(at)).toBe('calls-a-day');
});
