import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const STAKES = resolve('bin/stakes.js');

/** A server on a pipe that shows what it can: progress, questions, logs, slow answers, its process and its environment. */
export const SERVER = `
import { createInterface } from 'node:readline';
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const asked = new Map();
createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  const { id, method, params } = message;
  if (method === undefined) return asked.get(id)?.(message);
  if (method === 'notifications/cancelled') return send({ method: 'notifications/message', params: { level: 'info', data: 'cancelled ' + params.requestId } });
  if (id === undefined) return;
  const text = (text) => send({ id, result: { content: [{ type: 'text', text }], resultType: 'complete' } });
  if (method === 'initialize')
    return send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } } });
  if (method === 'tools/list')
    return send({ id, result: { tools: ['query', 'drop'].map((name) => ({ name, inputSchema: { type: 'object' } })), resultType: 'complete', ttlMs: 0, cacheScope: 'private' } });
  if (method === 'server/discover')
    return send({ id, result: { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' }, resultType: 'complete', ttlMs: 0, cacheScope: 'private' } });
  if (method === 'subscriptions/listen') {
    const _meta = { 'io.modelcontextprotocol/subscriptionId': id };
    send({ method: 'notifications/subscriptions/acknowledged', params: { _meta, notifications: params.notifications } });
    return send({ method: 'notifications/tools/list_changed', params: { _meta } });
  }
  if (method !== 'tools/call') return send({ id, error: { code: -32601, message: 'no such method' } });
  const { sql = '' } = params.arguments ?? {};
  const progressToken = params._meta?.progressToken;
  if (progressToken !== undefined) send({ method: 'notifications/progress', params: { progressToken, progress: 1, message: sql } });
  if (sql === 'never') return;
  if (sql === 'die') return process.exit(1);
  if (sql === 'roots') {
    asked.set('r1', (answer) => text('roots: ' + JSON.stringify(answer.result ?? answer.error)));
    return send({ id: 'r1', method: 'roots/list' });
  }
  if (sql === 'deep') {
    const value = '['.repeat(200000) + ']'.repeat(200000);
    process.stdout.write('{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":' + value + '}}\\n');
    return process.stdout.write('{"jsonrpc":"2.0","id":' + JSON.stringify(id) + ',"result":{"resultType":"complete","content":[],"structuredContent":' + value + '}}\\n');
  }
  if (sql.startsWith('wait ')) return setTimeout(() => text(sql), Number(sql.slice(5)));
  if (sql.startsWith('large ')) return text('x'.repeat(Number(sql.slice(6))));
  text(JSON.stringify({ sql, pid: process.pid }));
});
`;

export interface HttpGate {
  url: string;
  token: string;
  folder: string;
  child: ChildProcess;
  said(): string;
  /** By a signal; the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Project {
  folder: string;
  env: NodeJS.ProcessEnv;
}

export interface Grants {
  servers: Record<string, Record<string, unknown>>;
  tools: Record<string, Record<string, unknown>>;
}

/** A folder with a policy, the server above and a state folder of its own. */
export function project(change: (grants: Grants) => void = () => undefined): Project {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-http-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const policy = JSON.parse(readFileSync('examples/.stakes/payout-analyst/policy.json', 'utf8')) as {
    agents: Record<'payout-analyst', Grants>;
  };
  change(policy.agents['payout-analyst']);
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  return { folder, env: { ...process.env, XDG_STATE_HOME: join(folder, 's') } };
}

/** A gate that listens, in front of the server above or of what is behind `--upstream`. */
export async function httpGate(
  flags: string[] = ['--shadow'],
  command = ['node', 'server.mjs'],
  { folder, env }: Project = project(),
): Promise<HttpGate> {
  const args = [STAKES, 'gate', '-p', 'policy.json', '--server', 'postgres', '--listen', '127.0.0.1:0', ...flags];
  const child = spawn(process.execPath, command.length === 0 ? args : [...args, '--', ...command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let words = '';
  const closed = new Promise<number | null>((done) => child.once('close', done));
  await new Promise<void>((done, failed) => {
    child.stderr.on('data', (chunk) => {
      words += chunk;
      if (/Bearer|without a client token/.test(words)) done();
    });
    closed.then(() => failed(new Error(words)));
  });
  const file = /token in (\S+),/.exec(words)?.[1];
  return {
    url: /connect to (http:\S+)/.exec(words)?.[1] ?? '',
    token: file === undefined ? '' : readFileSync(file, 'utf8').trim(),
    folder,
    child,
    said: () => words,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return closed;
    },
  };
}

export const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** One POST; headers of `more` replace those that every client sends. */
export function post(gate: HttpGate, message: unknown, more: Record<string, string> = {}): Promise<Response> {
  const headers = { ...JSON_HEADERS, authorization: `Bearer ${gate.token}`, ...more };
  return fetch(gate.url, {
    method: 'POST',
    headers,
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });
}

export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: { roots: {} }, clientInfo: { name: 'c', version: '1' } },
};

/** A session that has begun, as the header that names it. */
export async function begun(gate: HttpGate): Promise<{ 'mcp-session-id': string }> {
  const answer = await post(gate, INITIALIZE);
  await answer.text();
  const session = { 'mcp-session-id': answer.headers.get('mcp-session-id') ?? '' };
  await (await post(gate, { jsonrpc: '2.0', method: 'notifications/initialized' }, session)).text();
  return session;
}

export const query = (id: number | string, sql: string, meta?: Record<string, unknown>) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'query', arguments: { sql }, ...(meta === undefined ? {} : { _meta: meta }) },
});

const VERSION = '2026-07-28';
/** The same in the version without sessions, with the headers that belong to it. */
export function alone(id: number | string, sql: string, meta: Record<string, unknown> = {}) {
  const message = query(id, sql, { 'io.modelcontextprotocol/protocolVersion': VERSION, ...meta });
  const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'tools/call', 'mcp-name': 'query' };
  return [message, headers] as const;
}

export interface Events {
  /** The next event with data, as JSON. */
  next(): Promise<Record<string, unknown> | undefined>;
  lastId(): string;
  cancel(): Promise<void>;
}

export function eventsOf(response: Response): Events {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let [text, id] = ['', ''];
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          id = /^id: (.*)$/m.exec(event)?.[1] ?? id;
          const data = /^data: (.+)$/m.exec(event)?.[1];
          if (data !== undefined) return JSON.parse(data) as Record<string, unknown>;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) return undefined;
        text += decoder.decode(value, { stream: true });
      }
    },
    lastId: () => id,
    cancel: () => reader.cancel(),
  };
}

/** What a tool said, of an answer. */
export function said(answer: unknown): string {
  const { result } = answer as { result?: { content?: { text: string }[] } };
  return result?.content?.[0]?.text ?? JSON.stringify(answer);
}
