import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openJournal } from '../../src/gate/ledger/journal.ts';
import { openLedger } from '../../src/gate/ledger/ledger.ts';
import type { Asked } from '../../src/gate/ports.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { LimitGrants } from '../../src/model/policy.ts';
import { programOf } from '../program.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
// Days that are long over are swept when a journal is opened.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
afterAll(() => void vi.useRealTimers());

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stakes-ledger-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

let opened = 0;
function gates(count: number, where = folder()) {
  let time = NOON;
  const told: string[] = [];
  const ledgers = Array.from({ length: count }, () => {
    const journal = openJournal(where, 'desk');
    onTestFinished(() => journal.close());
    return openLedger({ journal, gate: `g${++opened}`, now: () => time, tell: (text) => told.push(text) });
  });
  return { ledgers, told, where, at: (next: number) => (time = next) };
}

function rules(limits: Partial<LimitGrants>, more: Parameters<typeof grant>[1] = {}) {
  return policy([agent('desk', { tools: { 'pay/refund': grant('allow', more) }, limits })]);
}

const asked = (digest = 'sha256:1', values: unknown = {}): Asked => ({
  agent: 'desk',
  tool: 'pay/refund',
  arguments: values,
  digest,
});

test('gates of one agent share its caps', () => {
  const { ledgers } = gates(3);
  const capped = rules({}, { maxCallsPerDay: 4 });
  const decisions = Array.from({ length: 9 }, (_, i) => ledgers[i % 3]?.decide(capped, asked()).verdict.decision);
  expect(decisions).toEqual(['allow', 'allow', 'allow', 'allow', 'deny', 'deny', 'deny', 'deny', 'deny']);
});

test('a gate that starts later knows what was called today', () => {
  const { ledgers, where } = gates(1);
  const capped = rules({}, { maxCallsPerDay: 1 });
  expect(ledgers[0]?.decide(capped, asked()).verdict.decision).toBe('allow');
  const later = gates(1, where);
  expect(later.ledgers[0]?.decide(capped, asked()).verdict.rule).toBe('calls-a-day');
  later.at(NOON + 24 * 3600_000);
  expect(later.ledgers[0]?.decide(capped, asked()).verdict.decision).toBe('allow');
});

test('money is set aside before the call, and free again only where it did not run', () => {
  const { ledgers } = gates(2);
  const spending = rules({ toolUsdPerDay: 10 }, { cost: { argument: '/amount', usdPerUnit: 1 } });
  const of = (amount: number, gate: number) => ledgers[gate]?.decide(spending, asked(`sha256:${amount}`, { amount }));
  const first = of(6, 0);
  expect(first?.reservation?.usd).toBe(6);
  expect(of(6, 1)?.verdict.rule).toBe('tool-spend');
  first?.reservation?.release();
  first?.reservation?.release();
  const second = of(6, 1);
  expect(second?.verdict.decision).toBe('allow');
  second?.reservation?.settle();
  second?.reservation?.release();
  expect(of(6, 0)?.verdict.rule).toBe('tool-spend');
  expect(of(4, 0)?.verdict.decision).toBe('allow');
});

test('calls a minute are counted over midnight, and by all gates', () => {
  const { ledgers, at, where } = gates(2);
  const rated = rules({ callsPerMinute: 2 });
  at(Date.UTC(2026, 10, 22, 23, 59, 50));
  expect(ledgers[0]?.decide(rated, asked()).verdict.decision).toBe('allow');
  expect(ledgers[1]?.decide(rated, asked('sha256:2')).verdict.decision).toBe('allow');
  at(Date.UTC(2026, 10, 23, 0, 0, 10));
  expect(ledgers[0]?.decide(rated, asked('sha256:3')).verdict.rule).toBe('calls-a-minute');
  const fresh = gates(1, where);
  fresh.at(Date.UTC(2026, 10, 23, 0, 0, 11));
  expect(fresh.ledgers[0]?.decide(rated, asked('sha256:4')).verdict.rule).toBe('calls-a-minute');
  at(Date.UTC(2026, 10, 23, 0, 1, 0));
  expect(ledgers[0]?.decide(rated, asked('sha256:3')).verdict.decision).toBe('allow');
});

test('the same call again and again is stopped in its session', () => {
  const { ledgers } = gates(2);
  const looped = rules({ repeatsPerCall: 2 });
  const decisions = [1, 2, 3].map(() => ledgers[0]?.decide(looped, asked()).verdict.rule);
  expect(decisions).toEqual(['allowed', 'allowed', 'repeats']);
  expect(ledgers[0]?.decide(looped, asked('sha256:2')).verdict.decision).toBe('allow');
  expect(ledgers[1]?.decide(looped, asked()).verdict.decision).toBe('allow');
});

test('a clock that was set back refuses', () => {
  const { ledgers, at, told } = gates(1);
  ledgers[0]?.decide(rules({}), asked());
  at(NOON - 61_000);
  expect(ledgers[0]?.decide(rules({}), asked()).verdict.rule).toBe('state');
  expect(told.join()).toContain('clock');
});

test.each([
  'what is this\n',
  '[1,"k",1,0]\n',
  '[1,"k",65,0,"id"]\n',
  '[1,"k",0,0,"id"]\n',
  '[1,"k",1,-5,"id"]\n',
  '[1,"k",1,null,"id"]\n',
])('a damaged ledger refuses, and says which file: %j', (line) => {
  const where = folder();
  writeFileSync(join(where, 'desk.2026-11-22.jsonl'), line);
  const { ledgers, told } = gates(1, where);
  expect(ledgers[0]?.decide(rules({}), asked()).verdict.rule).toBe('state');
  expect(told.join()).toContain('desk.2026-11-22.jsonl');
});

test('names that are not ASCII are counted by every gate', () => {
  const { ledgers } = gates(2);
  const named = policy([agent('desk', { tools: { 'pay/überweisung': grant('allow', { maxCallsPerDay: 1 }) } })]);
  const call = { ...asked(), tool: 'pay/überweisung' };
  expect(ledgers[0]?.decide(named, call).verdict.decision).toBe('allow');
  expect(ledgers[1]?.decide(named, call).verdict.rule).toBe('calls-a-day');
});

test('days that nobody asks for are swept', () => {
  const where = folder();
  for (const file of ['desk.2020-01-01.jsonl', 'other.2020-01-01.jsonl', 'desk.2020-01-01.txt'])
    appendFileSync(join(where, file), '');
  openJournal(where, 'desk').close();
  expect(readdirSync(where).sort()).toEqual(['desk.2020-01-01.txt', 'other.2020-01-01.jsonl']);
});

test('calls by the thousand are counted in fewer lines, and to the last one', () => {
  const { ledgers, where, at } = gates(2);
  const [one, two] = ledgers;
  const capped = rules({ callsPerMinute: 1000 });
  let ran = 0;
  for (let i = 0; i < 1200; i++) if (one?.decide(capped, asked(`sha256:${i}`)).verdict.decision === 'allow') ran++;
  expect(ran).toBe(1000);
  const lines = readFileSync(join(where, 'desk.2026-11-22.jsonl'), 'utf8').split('\n').length - 1;
  expect(lines).toBeLessThan(200);
  expect(two?.decide(capped, asked()).verdict.rule).toBe('calls-a-minute');
  at(NOON + 61_000);
  expect(two?.decide(capped, asked()).verdict.decision).toBe('allow');
});

test('what was counted in advance and did not come is given back, in the next second or at the end', () => {
  const { ledgers, at, where } = gates(1);
  const capped = rules({}, { maxCallsPerDay: 1000 });
  for (let i = 0; i < 20; i++) ledgers[0]?.decide(capped, asked(`sha256:${i}`));
  at(NOON + 5_000);
  ledgers[0]?.decide(capped, asked());
  for (let i = 0; i < 10; i++) ledgers[0]?.decide(capped, asked(`sha256:${i}`)).reservation?.release();
  ledgers[0]?.close();
  const later = gates(1, where);
  const one = rules({}, { maxCallsPerDay: 22 });
  expect(later.ledgers[0]?.decide(one, asked()).verdict.decision).toBe('allow');
  expect(later.ledgers[0]?.decide(one, asked()).verdict.rule).toBe('calls-a-day');
});

test('eight processes at once never pass a cap', async () => {
  const where = folder();
  const program = await programOf('test/gate/ledger-loop.ts');
  const run = promisify(execFile);
  const cap = 500;
  const ran = await Promise.all(
    Array.from({ length: 8 }, (_, gate) => run(process.execPath, [program, where, `p${gate}`, '200', String(cap)])),
  );
  expect(ran.map(({ stderr }) => stderr).join('')).toBe('');
  const total = ran.reduce((sum, { stdout }) => sum + Number(stdout), 0);
  expect(total).toBeLessThanOrEqual(cap);
  expect(total, 'the cap is used, not only kept').toBeGreaterThan(cap * 0.9);
}, 60_000);
