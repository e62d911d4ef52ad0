import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { allowing, project, type Running, refusalOf, start } from './running.ts';

/** Megabytes that one side writes while the other does not read; far more than a gate may hold of it. */
const MUCH = 160;
const MOST_MORE = 40;
/** What a process has held at most. */
const megabytes = (pid: number) =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
/** What it holds when it is ready. */
async function armed(gate: Running): Promise<number> {
  await expect.poll(() => gate.said(), { timeout: 10_000 }).toContain('armed');
  return megabytes(gate.pid);
}
const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

const FLOOD = `
const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data: 'x'.repeat(60_000) } }) + '\\n';
let left = ${MUCH} * 16;
const go = () => { while (left-- > 0) if (!process.stdout.write(line)) return void process.stdout.once('drain', go); process.stderr.write('ALL WRITTEN\\n'); };
process.stdin.once('data', go);
`;
const DEAF = 'setInterval(() => undefined, 1000);';
/** Asks for what no policy lets it ask, and never reads that it is refused. */
const DEAF_AND_ASKING = `
const line = (id) => JSON.stringify({ jsonrpc: '2.0', id, method: 'x'.repeat(100), params: {} }) + '\\n';
let id = 0;
const go = () => { while (id < 400_000) if (!process.stdout.write(line(++id))) return void process.stdout.once('drain', go); process.stderr.write('ALL WRITTEN\\n'); };
go();
setInterval(() => undefined, 1000);
`;

/** As much as it takes, or all of it. */
async function pour(gate: Running, line: (id: number) => string, bytes: number): Promise<number> {
  let written = 0;
  let id = 0;
  for (let stalls = 0; written < bytes && stalls < 40; ) {
    const text = line(++id);
    written += text.length;
    if (gate.write(text)) continue;
    const before = gate.unsent();
    await soon(25);
    stalls = gate.unsent() < before ? 0 : stalls + 1;
    if (gate.unsent() > 8 * 1024 * 1024) await soon(25);
  }
  return written - gate.unsent();
}

// Where there is no such file, nothing else tells what a process holds at most.
describe.skipIf(!existsSync('/proc/self/status'))('a side that does not read', () => {
  test('a client that reads nothing of what the server writes: the server waits', async () => {
    const gate = start(project(allowing(['list']), FLOOD));
    gate.stopReading();
    const before = await armed(gate);
    gate.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    await soon(2000);
    expect(gate.said()).not.toContain('ALL WRITTEN');
    expect(megabytes(gate.pid)).toBeLessThan(before + MOST_MORE);
    gate.readOn();
    await expect.poll(() => gate.said(), { timeout: 40_000 }).toContain('ALL WRITTEN');
  });

  test('a server that reads nothing of what the client writes: the client waits', async () => {
    const gate = start(project(allowing(['list']), DEAF));
    const before = await armed(gate);
    const data = 'x'.repeat(60_000);
    const note = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data } });
    const taken = await pour(gate, () => `${note}\n`, MUCH * 1024 * 1024);
    expect(taken).toBeLessThan((MUCH * 1024 * 1024) / 2);
    expect(megabytes(gate.pid)).toBeLessThan(before + MOST_MORE);
  });

  test('a client that reads no answer of the gate itself: it waits, too', async () => {
    const gate = start(project(allowing(['list']), DEAF));
    gate.stopReading();
    const before = await armed(gate);
    const params = { name: 'drop', arguments: {} };
    const call = (id: number) => `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params })}\n`;
    await pour(gate, call, 24 * 1024 * 1024);
    expect(megabytes(gate.pid)).toBeLessThan(before + MOST_MORE);
  });

  test('a server that reads no refusal of what it asks for: it waits, too', async () => {
    const gate = start(project(allowing(['list']), DEAF_AND_ASKING));
    const before = await armed(gate);
    await soon(4000);
    expect(gate.said()).not.toMatch(/ALL WRITTEN|Warning/);
    expect(megabytes(gate.pid)).toBeLessThan(before + MOST_MORE);
  });
});

test('ten thousand calls without an answer: the next one is refused until one has come, and the rest goes on', async () => {
  const gate = start(project(allowing(['list', 'silent'])));
  const silent = Array.from({ length: 10_000 }, () => gate.call('silent'));
  expect(refusalOf(await gate.call('list'))).toContain('10000 requests have no answer yet');
  expect(await gate.end()).toBe(0);
  const answers = await Promise.all(silent);
  expect(new Set(answers.map(refusalOf))).toEqual(new Set(['the server has ended']));
});

test('a hundred calls that wait for a person: the next one is refused, and what needs nobody runs on', async () => {
  const approvals = {
    approvers: ['ada'],
    channel: 'inbox',
    expiresSeconds: 900,
    singleUse: true as const,
    boundToArguments: true as const,
  };
  const tools = { 'pay/refund': grant('ask'), 'pay/list': grant('allow') };
  const gate = start(project(policy([agent('desk', { tools, approvals })])));
  const held = Array.from({ length: 100 }, (_, i) => gate.call('refund', { i, note: 'x'.repeat(100_000) }));
  expect(refusalOf(await gate.call('refund', { i: 100 }))).toContain('100 calls wait for a person already');
  expect(refusalOf(await gate.call('list'))).toBeUndefined();
  expect(await gate.end()).toBe(0);
  expect(new Set((await Promise.all(held)).map(refusalOf))).toEqual(new Set(['the server has ended']));
});
