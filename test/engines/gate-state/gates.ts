import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import type { ApprovalPolicy, Grant, LimitGrants, Policy } from '../../../src/model/policy.ts';
import { besidePackages } from '../beside-packages.ts';

/** Writes down each call before it answers: what is in the file has run, whatever became of the answer. */
const SERVER = `
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (method === 'tools/call') appendFileSync(process.argv[2], params.name + ' ' + (params.arguments.amount ?? 0) + '\\n');
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'ran' }] } }) + '\\n');
});
`;

/** An agent that lists and refunds, with these caps. */
export function capped(limits: Partial<LimitGrants>, list: Partial<Grant> = {}, refund: Partial<Grant> = {}): Policy {
  const tools = {
    'pay/list': grant('allow', list),
    'pay/refund': grant('allow', { cost: { argument: '/amount', usdPerUnit: 1 }, ...refund }),
  };
  const approvals: ApprovalPolicy = {
    approvers: [],
    channel: 'inbox',
    expiresSeconds: 60,
    singleUse: true,
    boundToArguments: true,
  };
  return policy([agent('desk', { tools, limits, approvals })]);
}

export interface Place {
  folder: string;
  /** What ran, over all gates of this place. */
  ran(name: string): number[];
  gate(url: string, more?: GateOptions): Gate;
  run(
    argv: readonly string[],
    env?: Record<string, string>,
  ): Promise<{ code: number | null; out: string; err: string }>;
}

interface GateOptions {
  /** A machine of its own: another state folder. */
  machine?: string;
  rules?: Policy;
  env?: Record<string, string>;
  flags?: string[];
}

export interface Gate {
  pid: number;
  /** Undefined: it ran; else the words of the refusal. */
  call(name: string, values?: unknown): Promise<string | undefined>;
  /** What it says to whoever runs it. */
  said(): string;
  end(): Promise<number | null>;
}

/** The program beside its packages, a policy and a server: gates of it are on as many machines as they say. */
export function place(rules: Policy): Place {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = besidePackages(folder);
  const log = join(folder, 'ran.log');
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(rules));
  const environment = (machine: string, more: Record<string, string> = {}) => ({
    ...{ PATH: process.env.PATH ?? '', HOME: folder, XDG_STATE_HOME: join(folder, machine), NO_COLOR: '1' },
    ...more,
  });
  return {
    folder,
    ran: (name) =>
      (existsSync(log) ? readFileSync(log, 'utf8') : '')
        .split('\n')
        .filter((line) => line.startsWith(`${name} `))
        .map((line) => Number(line.slice(name.length + 1))),
    gate(url, { machine = 'a', rules: own, env, flags = [] } = {}) {
      const file = own === undefined ? 'policy.json' : `policy-${machine}.json`;
      if (own !== undefined) writeFileSync(join(folder, file), JSON.stringify(own));
      const argv = [program, 'gate', '-p', file, '--server', 'pay', ...(url === '' ? [] : ['--state', url]), ...flags];
      return startGate([...argv, '--', process.execPath, 'server.mjs', log], folder, environment(machine, env));
    },
    run: (argv, env) =>
      new Promise((done, fail) => {
        const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env: environment('person', env) });
        child.stdin.on('error', () => undefined);
        child.stdin.end();
        let [out, err] = ['', ''];
        child.stdout.on('data', (chunk) => (out += chunk));
        child.stderr.on('data', (chunk) => (err += chunk));
        child.on('error', fail);
        child.on('close', (code) => done({ code, out, err }));
      }),
  };
}

function startGate(argv: readonly string[], cwd: string, env: Record<string, string>): Gate {
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  const waiting = new Map<number, (words: string | undefined) => void>();
  let [id, rest, words] = [0, '', ''];
  child.stderr.on('data', (chunk) => (words += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { id: of, result, error } = JSON.parse(line);
      waiting.get(of)?.(error?.message ?? (result.isError === true ? result.content[0].text : undefined));
      waiting.delete(of);
    }
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  void closed.then(() => {
    for (const done of waiting.values()) done(`the gate ended: ${words}`);
  });
  return {
    pid: child.pid ?? 0,
    call: (name, values = {}) =>
      new Promise((done) => {
        waiting.set(++id, done);
        const message = { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: values } };
        child.stdin.write(`${JSON.stringify(message)}\n`);
      }),
    said: () => words,
    end() {
      child.stdin.end();
      return closed;
    },
  };
}

/** So many calls, some at once; how many ran, and how often each refusal was said. */
export async function drive(
  gate: Gate,
  calls: readonly [name: string, values: unknown][],
  atOnce = 16,
): Promise<{ ran: number; refused: Map<string, number> }> {
  const refused = new Map<string, number>();
  let [next, ran] = [0, 0];
  const worker = async () => {
    for (let at = next++; at < calls.length; at = next++) {
      const [name, values] = calls[at] ?? ['', {}];
      const said = await gate.call(name, values);
      if (said === undefined) ran++;
      else refused.set(said, (refused.get(said) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { ran, refused };
}

/** Fails after half a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(50)) if (await holds()) return;
  throw new Error('it did not come');
}
