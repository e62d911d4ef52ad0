import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const STAKES = resolve('bin/stakes.js');
const SERVER = `
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const tools = ['query', 'drop'].map((name) => ({ name, inputSchema: { type: 'object' } }));
  const text = method === 'tools/call' ? params.name + ' ran, seeing ' + Object.keys(process.env).filter((name) => /TOKEN|SECRET|PG/.test(name)).join() : '';
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: method === 'tools/list' ? { tools } : { content: [{ type: 'text', text }] } }) + '\\n');
});
`;

interface Gate {
  send(message: unknown): void;
  /** The answer to a request, once it is there. */
  answer(id: number): Promise<Record<string, unknown>>;
  said(): string;
  /** Ends the client's side; the exit code. */
  end(): Promise<number | null>;
  kill(): Promise<void>;
}

/** A folder with a policy, a server and a state folder of its own. */
function project(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('examples/.stakes/payout-analyst/policy.json', join(folder, 'policy.json'));
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 's'), OTHER_TOKEN: 'x', STAKES_STATE: undefined };
  return { folder, env };
}

function start({ folder, env }: ReturnType<typeof project>, ...flags: string[]): Gate {
  const args = [STAKES, 'gate', '-p', 'policy.json', '--server', 'postgres', ...flags, '--', 'node', 'server.mjs'];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers = new Map<number, Record<string, unknown>>();
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  let [rest, words] = ['', ''];
  child.stderr.on('data', (chunk) => (words += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as { id: number };
      answers.set(message.id, message as unknown as Record<string, unknown>);
      waiting.get(message.id)?.(message as unknown as Record<string, unknown>);
    }
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  return {
    send: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    answer: (id) =>
      new Promise((done) => {
        const known = answers.get(id);
        if (known === undefined) waiting.set(id, done);
        else done(known);
      }),
    said: () => words,
    end: () => {
      child.stdin.end();
      return closed;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function stakes({ folder, env }: ReturnType<typeof project>, ...args: string[]): Promise<[number | null, string]> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('close', (code) => done([code, text]));
  });
}

const call = (id: number, name: string, values: unknown) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: values },
});

/** The one call that waits, once it does. */
async function waitingCall(at: ReturnType<typeof project>): Promise<{ id: string; arguments: unknown }> {
  for (let tries = 0; tries < 100; tries++) {
    const [, text] = await stakes(at, 'approvals', '-f', 'json');
    const [first] = (JSON.parse(text) as { waiting: { id: string; arguments: unknown }[] }).waiting;
    if (first !== undefined) return first;
  }
  throw new Error('nothing waits');
}

test('from the first call to a verified record: a read waits for a person, and what is unlisted never runs', async () => {
  const at = project();
  const gate = start(at);
  gate.send(call(1, 'query', { sql: 'select 1' }));
  gate.send(call(2, 'drop', {}));
  gate.send({ jsonrpc: '2.0', id: 3, method: 'tools/list' });
  expect(await gate.answer(2)).toMatchObject({ result: { isError: true } });
  expect(await gate.answer(3)).toMatchObject({ result: { tools: [{ name: 'query' }] } });
  const waiting = await waitingCall(at);
  expect(waiting.arguments).toEqual({ sql: 'select 1' });
  expect(await stakes(at, 'approvals', 'approve', waiting.id, '--as', 'ada')).toEqual([0, `approved ${waiting.id}\n`]);
  const ran = JSON.stringify(await gate.answer(1));
  expect(ran).toContain('query ran');
  expect(ran, 'what the policy does not name for the server stays away from it').not.toContain('OTHER_TOKEN');
  expect(await stakes(at, 'approvals', 'approve', waiting.id)).toMatchObject([2, expect.stringContaining('no call')]);
  expect(await gate.end()).toBe(0);
  const [log = ''] = readdirSync(join(at.folder, 's/stakes/audit'));
  const [code, text] = await stakes(at, 'audit', 'verify', `s/stakes/audit/${log}`);
  expect(text).toContain('INTACT');
  expect(text).toContain('2 calls and 1 outcome');
  expect(code).toBe(0);
}, 60_000);

test('a person denies: the model is told why, and the server hears nothing', async () => {
  const at = project();
  const gate = start(at);
  gate.send(call(1, 'query', { sql: 'select 1' }));
  const { id } = await waitingCall(at);
  await stakes(at, 'approvals', 'deny', id, '--reason', 'not today', '--as', 'ada');
  expect(JSON.stringify(await gate.answer(1))).toContain('ada refused this call of `postgres/query`: not today');
  await gate.end();
}, 60_000);

test('killed at any time, a gate goes on where it was, and its log is whole', async () => {
  const at = project();
  for (let round = 0; round < 3; round++) {
    const gate = start(at, '--shadow');
    for (let id = 0; id < 20; id++) gate.send(call(id, 'query', { sql: `select ${id}` }));
    await gate.answer(5 + round);
    await gate.kill();
  }
  const gate = start(at);
  gate.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  await gate.answer(1);
  await gate.end();
  const [log = ''] = readdirSync(join(at.folder, 's/stakes/audit'));
  const [code, text] = await stakes(at, 'audit', 'verify', `s/stakes/audit/${log}`);
  expect(text).toContain('INTACT');
  expect(code).toBe(0);
}, 60_000);

test.each([
  ['is missing', (folder: string) => rmSync(join(folder, 'policy.json'))],
  ['is empty', (folder: string) => writeFileSync(join(folder, 'policy.json'), '')],
  ['is invalid', (folder: string) => writeFileSync(join(folder, 'policy.json'), '{"schema":"stakes/policy@1"}')],
  ['is newer', (folder: string) => writeFileSync(join(folder, 'policy.json'), '{"schema":"stakes/policy@2"}')],
])(
  'a policy that %s starts nothing',
  async (_, spoil) => {
    const at = project();
    spoil(at.folder);
    const gate = start(at);
    expect(await gate.end()).toBe(2);
    expect(gate.said()).toContain('error[');
    expect(readdirSync(at.folder)).not.toContain('s');
  },
  60_000,
);

test('a policy that breaks while the gate runs leaves the one before it in force', async () => {
  const at = project();
  const gate = start(at);
  gate.send(call(1, 'drop', {}));
  await gate.answer(1);
  writeFileSync(join(at.folder, 'policy.json'), '{');
  await new Promise((wait) => setTimeout(wait, 400));
  gate.send(call(2, 'drop', {}));
  expect(await gate.answer(2)).toMatchObject({ result: { isError: true } });
  expect(gate.said()).toContain('the policy before it stays in force');
  await gate.end();
}, 60_000);
