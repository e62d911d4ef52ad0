import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { Policy } from '../../src/model/policy.ts';

export const STAKES = resolve('bin/stakes.js');

/** Says of each call the how-manieth it ran; told otherwise by the name of the tool. */
const SERVER = `
import { createInterface } from 'node:readline';
let ran = 0;
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined || params?.name === 'silent') return;
  say({ id, result: method === 'tools/call' ? { content: [{ type: 'text', text: String(++ran) }] } : {} });
});
`;

export const allowing = (tools: readonly string[], more: Parameters<typeof grant>[1] = {}): Policy =>
  policy([agent('desk', { tools: Object.fromEntries(tools.map((tool) => [`pay/${tool}`, grant('allow', more)])) })]);

export interface Project {
  folder: string;
  policy: string;
  state: string;
  env: NodeJS.ProcessEnv;
}

export function project(rules: Policy, server = SERVER): Project {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(rules));
  writeFileSync(join(folder, 'server.mjs'), server);
  const state = join(folder, 's');
  return { folder, policy: file, state, env: { ...process.env, XDG_STATE_HOME: state, STAKES_STATE: undefined } };
}

export interface Answer {
  id: number;
  result?: { isError?: boolean; content?: { text: string }[] };
  error?: { message: string };
}

export interface Running {
  pid: number;
  /** Undefined: the gate ended without an answer. */
  ask(method: string, params?: unknown): Promise<Answer | undefined>;
  call(name: string, values?: unknown): Promise<Answer | undefined>;
  /** As it is, without waiting for anything; false: it is not read as fast as it is written. */
  write(text: string): boolean;
  /** Bytes that the gate has not taken yet. */
  unsent(): number;
  /** What the gate writes is left where it is. */
  stopReading(): void;
  readOn(): void;
  said(): string;
  end(): Promise<number | null>;
}

/** `limit`: blocks of 512 bytes or 1024 that any file may have. */
export function start({ folder, env }: Project, { flags = [] as string[], limit = 0 } = {}): Running {
  const gate = [process.execPath, STAKES, 'gate', '-p', 'policy.json', '--server', 'pay', ...flags];
  const bare = [...gate, '--', process.execPath, 'server.mjs'];
  const [command = '', ...args] = limit === 0 ? bare : ['sh', '-c', `ulimit -f ${limit}; exec "$@"`, 'sh', ...bare];
  const child = spawn(command, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let [id, rest, words] = [0, '', ''];
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk) => (words += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as Answer;
      waiting.get(message.id)?.(message);
    }
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  void closed.then(() => {
    for (const done of waiting.values()) done(undefined);
  });
  const ask = (method: string, params?: unknown) =>
    new Promise<Answer | undefined>((done) => {
      waiting.set(++id, done);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  return {
    pid: child.pid ?? expect.fail('not started'),
    ask,
    call: (name, values = {}) => ask('tools/call', { name, arguments: values }),
    write: (text) => child.stdin.write(text),
    unsent: () => child.stdin.writableLength,
    stopReading: () => void child.stdout.pause(),
    readOn: () => void child.stdout.resume(),
    said: () => words,
    end: () => {
      child.stdin.end();
      return closed;
    },
  };
}

/** The words of a refusal; undefined: it ran. */
export function refusalOf(answer: Answer | undefined): string | undefined {
  if (answer?.error !== undefined) return answer.error.message;
  return answer?.result?.isError === true ? answer.result.content?.[0]?.text : undefined;
}

/** Runs `stakes`: its exit code and all that it says. */
export function stakes({ folder, env }: Project, ...args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    child.on('close', (code) => done({ code, text }));
  });
}

/** The one log of a project. */
export function logOf({ state }: Project): string {
  const logs = join(state, 'stakes/audit');
  return join(logs, readdirSync(logs)[0] ?? expect.fail('no log'));
}
