import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/gate/ledger/journal.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { codesOf, recordsIn, verified } from '../audit/audit.fixture.ts';

const IS_LONG = Number(process.env.STAKES_CASES ?? 0) >= 1000;
const KILLS = IS_LONG ? 20 : 8;
/** Each is verified whole after every kill, so that ten of some length take less than one that is long. */
const LOGS = IS_LONG ? 10 : 1;
/** Of one gate, so that a slow machine does not take longer to look at them. */
const MOST_CALLS = 1000;
/** What a killed writer may leave, and what the next one says of it. */
const LEFT = ['torn-line', 'unsigned-tail', 'found-torn', 'found-unsigned'];

const STAKES = resolve('bin/stakes.js');
/** Each call that runs is on file before it is answered; the last line of a server is its end. */
const SERVER = `
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
appendFileSync('ran.txt', 'start\\n');
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, params } = JSON.parse(line);
    appendFileSync('ran.txt', params.arguments.n + '\\n');
    process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [] } }) + '\\n');
  })
  .on('close', () => appendFileSync('ran.txt', 'end\\n'));
process.stdout.on('error', () => undefined);
`;
const POLICY = policy([agent('desk', { tools: { 'shop/refund': grant('allow', { record: ['/n'] }) } })]);

function project() {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(POLICY));
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  writeFileSync(join(folder, 'ran.txt'), '');
  return folder;
}

const ranIn = (folder: string) => readFileSync(join(folder, 'ran.txt'), 'utf8').split('\n').slice(0, -1);

/** What was forwarded is run even after the gate is gone. */
async function serverEnded(folder: string): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(5)) {
    const lines = ranIn(folder);
    const count = (word: string) => lines.filter((line) => line === word).length;
    if (count('start') === count('end')) return;
  }
  throw new Error('the server outlives its gate');
}

/** Makes calls as fast as they are taken, each with a number of its own, until the gate is killed; the next number. */
async function killed(folder: string, first: number, when: { started: boolean; after: number }): Promise<number> {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 's') };
  const args = [STAKES, 'gate', '-p', 'policy.json', '--', process.execPath, 'server.mjs'];
  const gate = spawn(process.execPath, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void gate.kill('SIGKILL'));
  let next = first;
  let said = '';
  const answered = new Promise((begun) => gate.stdout.once('data', begun));
  gate.stdout.resume();
  gate.stderr.on('data', (chunk) => (said += chunk));
  gate.stdin.on('error', () => undefined);
  const ended = new Promise((closed) => gate.once('close', closed));
  const calls = setInterval(() => {
    if (next - first >= MOST_CALLS) return;
    let lines = '';
    for (let i = 0; i < 10; i++, next++) {
      const params = { name: 'refund', arguments: { n: next } };
      lines += `${JSON.stringify({ jsonrpc: '2.0', id: next, method: 'tools/call', params })}\n`;
    }
    gate.stdin.write(lines);
  }, 5);
  if (when.started) await Promise.race([answered, ended]);
  await wait(when.after);
  gate.kill('SIGKILL');
  await ended;
  clearInterval(calls);
  expect(said).not.toMatch(/refused|damaged|cannot/);
  await serverEnded(folder);
  return next;
}

test.each(Array.from({ length: LOGS }, (_, i) => i + 1))(
  `killed ${KILLS} times at random with calls under way: none ran that is not on record or not counted (log %i of ${LOGS})`,
  async () => {
    const folder = project();
    let next = 0;
    let torn = 0;
    let unsigned = 0;
    const log = () => {
      const [name = '', ...others] = readdirSync(join(folder, 's/stakes/audit'));
      expect(others, 'a killed gate leaves its log to the next').toEqual([]);
      return { folder: join(folder, 's/stakes/audit', name), keys: join(folder, 's/stakes/keys', name) };
    };
    for (let i = 0; i < KILLS; i++) {
      // One in five while it starts.
      const started = i % 5 !== 4;
      next = await killed(folder, next, { started, after: Math.random() * (started ? 120 : 400) });
      if (!started && !ranIn(folder).length) continue;
      const codes = codesOf(verified(log()));
      expect(LEFT).toEqual(expect.arrayContaining(codes));
      if (codes.includes('torn-line')) torn++;
      if (codes.includes('unsigned-tail')) unsigned++;
    }
    const intents = recordsIn(log()).flatMap(({ kind, fields, decision }) =>
      kind === 'intent' && decision === 'allow' ? [(fields as Record<string, number>)['/n']] : [],
    );
    const ran = ranIn(folder)
      .filter((line) => /^\d+$/.test(line))
      .map(Number);
    expect(ran.length).toBeGreaterThan(KILLS * 5);
    expect(new Set(ran).size, 'each at most once').toBe(ran.length);
    const recorded = new Set(intents);
    expect(
      ran.filter((n) => !recorded.has(n)),
      'ran without a record',
    ).toEqual([]);
    expect(counted(folder)).toBeGreaterThanOrEqual(ran.length);
    // The next writer heals what the last one left, and what it finishes is whole.
    await finished(folder, next);
    const report = verified(log());
    expect(report.log).toMatchObject({ verdict: 'intact', signed: report.log?.size });
    expect(codesOf(report).filter((code) => !['found-torn', 'found-unsigned'].includes(code))).toEqual([]);
    console.log(
      `${KILLS} kills: ${ran.length} calls ran, ${recorded.size} on record, ${counted(folder)} counted; ${unsigned} ends were not signed, ${torn} torn`,
    );
  },
  1_800_000,
);

/** All that gates of this policy have counted, on whatever day. */
function counted(folder: string): number {
  const at = join(folder, 's/stakes/ledger');
  const [file = ''] = readdirSync(at);
  const journal = openJournal(at, file.replace(/\.\d{4}-\d\d-\d\d\.jsonl$/, ''));
  try {
    return journal.read(Date.now()).reduce((sum, { count }) => sum + count, 0);
  } finally {
    journal.close();
  }
}

async function finished(folder: string, n: number): Promise<void> {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 's') };
  const args = [STAKES, 'gate', '-p', 'policy.json', '--', process.execPath, 'server.mjs'];
  const gate = spawn(process.execPath, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((closed) => gate.once('close', closed));
  const params = { name: 'refund', arguments: { n } };
  gate.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })}\n`);
  await new Promise((answered) => gate.stdout.once('data', answered));
  gate.stdin.end();
  await ended;
}
