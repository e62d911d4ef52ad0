import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

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

export interface Gate {
  send(message: unknown): void;
  /** Bytes that need be no message. */
  write(bytes: string | Uint8Array): void;
  /** The answer to a request, once it is there. */
  answer(id: number): Promise<Record<string, unknown>>;
  said(): string;
  /** Ends the client's side; the exit code. */
  end(): Promise<number | null>;
  /** Its exit code, where it had the time for one. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A folder with a policy, a server and a state folder of its own. */
export function project(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('examples/.stakes/payout-analyst/policy.json', join(folder, 'policy.json'));
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 's'), OTHER_TOKEN: 'x', STAKES_STATE: undefined };
  return { folder, env };
}

export function start({ folder, env }: ReturnType<typeof project>, ...flags: string[]): Gate {
  const args = [STAKES, 'gate', '-p', 'policy.json', '--server', 'postgres', ...flags, '--', 'node', 'server.mjs'];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  // What a gate that has ended did not read is told by its end.
  child.stdin.on('error', () => undefined);
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
    write: (bytes) => void child.stdin.write(bytes),
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
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return closed;
    },
  };
}

export function stakes(
  { folder, env }: ReturnType<typeof project>,
  ...args: string[]
): Promise<[number | null, string]> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('close', (code) => done([code, text]));
  });
}

export const call = (id: number, name: string, values: unknown) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: values },
});

/** The one call that waits, once it does. */
export async function waitingCall(at: ReturnType<typeof project>): Promise<{ id: string; arguments: unknown }> {
  for (let tries = 0; tries < 100; tries++) {
    const [, text] = await stakes(at, 'approvals', '-f', 'json');
    const [first] = (JSON.parse(text) as { waiting: { id: string; arguments: unknown }[] }).waiting;
    if (first !== undefined) return first;
  }
  throw new Error('nothing waits');
}
