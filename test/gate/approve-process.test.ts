import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { call, project, stakes, start, waitingCall } from './process.fixture.ts';

const SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

/** Asks by this channel. */
function projectBy(channel: string) {
  const at = project();
  const file = join(at.folder, 'policy.json');
  const policy = JSON.parse(readFileSync(file, 'utf8')) as Policy;
  for (const agent of Object.values(policy.agents)) if (agent.approvals !== null) agent.approvals.channel = channel;
  writeFileSync(file, JSON.stringify(policy));
  return at;
}

/** The example that the documents lead to. */
async function exampleReceiver() {
  const env = { ...process.env, WEBHOOK_SECRET: SECRET, PORT: '0' };
  const child = spawn(process.execPath, [resolve('examples/approval-receiver.mjs')], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let words = '';
  child.stdout.on('data', (chunk) => (words += chunk));
  const find = (what: RegExp) =>
    vi.waitFor(
      () => {
        const found = what.exec(words)?.[1];
        if (found === undefined) throw new Error(`${what} is not in: ${words}`);
        return found;
      },
      { timeout: 20_000 },
    );
  const port = await find(/on port (\d+)/);
  return { url: `http://127.0.0.1:${port}/`, find, say: (line: string) => void child.stdin.write(`${line}\n`) };
}

test('a bridge to a chat gets the question, and its answer runs the call or says to the model why not', async () => {
  const receiver = await exampleReceiver();
  const at = projectBy('webhook');
  writeFileSync(join(at.folder, 'hook'), `${SECRET}\n`, { mode: 0o600 });
  Object.assign(at.env, { STAKES_WEBHOOK_URL: receiver.url, STAKES_WEBHOOK_SECRET: SECRET });
  const gate = start(at, '--webhook-secret', 'hook', '--pass-env', 'STAKES_WEBHOOK_SECRET');
  gate.send(call(1, 'query', { sql: 'select 1' }));
  const id = await receiver.find(/question (\w+): (?:(?!question)[\s\S])*"sql": "select 1"/);
  expect((await stakes(at, 'approvals'))[1], 'it is asked about in one place').toContain('nothing waits');
  receiver.say(`yes ${id} ada`);
  const ran = JSON.stringify(await gate.answer(1));
  expect(ran).toContain('query ran');
  expect(ran, 'the gate keeps its secret from the server').not.toContain('STAKES_WEBHOOK_SECRET');
  await receiver.find(new RegExp(`(${id} is over: approved by ada \\(webhook\\))`));
  gate.send(call(2, 'query', { sql: 'select 2' }));
  const other = await receiver.find(/question (\w+): (?:(?!question)[\s\S])*"sql": "select 2"/);
  receiver.say(`no ${other} ada not today`);
  expect(JSON.stringify(await gate.answer(2))).toContain('ada refused this call of `postgres/query`: not today');
  expect(await gate.end()).toBe(0);
  const log = readdirSync(join(at.folder, 's/stakes/audit'))[0] ?? '';
  const records = readFileSync(join(at.folder, 's/stakes/audit', log, 'segment-000001.jsonl'), 'utf8');
  expect(records).toContain('"channel":"webhook"');
  expect(gate.said() + records).not.toContain(SECRET.slice(6));
}, 60_000);

test.each([
  ['plain HTTP elsewhere', ['--webhook', 'http://hooks.example.com/'], 'is not of `https`'],
  ['no secret', ['--webhook', 'https://hooks.example.com/'], 'no secret to sign with'],
  ['a secret that is none', ['--webhook', 'https://hooks.example.com/', '--webhook-secret', 'policy.json'], 'error['],
  [
    'a secret that others can read',
    ['--webhook', 'https://hooks.example.com/', '--webhook-secret', 'open'],
    'others than',
  ],
  ['a secret for nothing', ['--webhook-secret', 'hook'], 'and no webhook'],
])('a webhook with %s: nothing is started', async (_, flags, why) => {
  const at = projectBy('webhook');
  writeFileSync(join(at.folder, 'open'), SECRET);
  chmodSync(join(at.folder, 'open'), 0o644);
  const gate = start(at, ...flags);
  expect(await gate.end()).toBe(2);
  expect(gate.said()).toContain(why);
  expect(readdirSync(at.folder)).not.toContain('s');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s closes a gate in order: no inbox is left, and its log ends with a checkpoint',
  async (signal, code) => {
    const at = project();
    const gate = start(at);
    gate.send(call(1, 'query', { sql: 'select 1' }));
    await waitingCall(at);
    expect(await gate.kill(signal)).toBe(code);
    expect(readdirSync(join(at.folder, 's/stakes/inbox'))).toEqual([]);
    const [log = ''] = readdirSync(join(at.folder, 's/stakes/audit'));
    const lines = readFileSync(join(at.folder, 's/stakes/audit', log, 'segment-000001.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'intent')).toHaveLength(1);
    expect(kinds.slice(-2)).toEqual(['checkpoint', 'signature']);
    expect(readdirSync(join(at.folder, 's/stakes/audit', log))).not.toContain('lock');
  },
  60_000,
);

test('a server that does not end is ended, and the gate with it, in order', async () => {
  const at = project();
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';
  writeFileSync(join(at.folder, 'server.mjs'), stubborn);
  const gate = start(at);
  await vi.waitFor(() => expect(gate.said()).toContain('armed'), { timeout: 20_000 });
  expect(await gate.kill('SIGINT')).toBe(130);
  expect(readdirSync(join(at.folder, 's/stakes/inbox'))).toEqual([]);
  const [log = ''] = readdirSync(join(at.folder, 's/stakes/audit'));
  expect(readdirSync(join(at.folder, 's/stakes/audit', log))).not.toContain('lock');
}, 60_000);

test('a second signal does not wait for a server that does not end', async () => {
  const at = project();
  writeFileSync(join(at.folder, 'server.mjs'), 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);');
  const gate = start(at);
  await vi.waitFor(() => expect(gate.said()).toContain('armed'), { timeout: 20_000 });
  void gate.kill('SIGINT');
  await new Promise((wait) => setTimeout(wait, 200));
  expect(await gate.kill('SIGINT')).toBe(130);
}, 60_000);
