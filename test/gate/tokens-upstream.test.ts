import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeJwt } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { tokenInHeader, verifyCall, verifyConnection } from '../../src/verify-token/index.ts';
import { call, request } from './gate.fixture.ts';
import { REFUND } from './tokens.fixture.ts';

const ISSUER = 'urn:stakes:gate:desk';

interface Message {
  id?: number;
  method?: string;
  params?: { name: string; arguments: unknown };
}

/** What came over HTTP, and what is said to it. */
type Play = (got: { method: string; path: string; authorization: string | undefined; body: string }) => Promise<{
  status?: number;
  body?: unknown;
}>;

async function listening(play: Play): Promise<URL> {
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { method = '', url: path = '', headers } = incoming;
    const said = await play({ method, path, authorization: headers.authorization, body });
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json' });
    response.end(said.body === undefined ? '' : JSON.stringify(said.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function gate(upstream: URL, ...flags: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-tokens-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policyFixture()));
  const args = ['gate', '-p', 'policy.json', '--server', 'pay', '--upstream', upstream.href, '--tokens', ...flags];
  const child = spawn(process.execPath, [resolve('bin/stakes.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: join(folder, 'state'), STAKES_TOKEN_SECRET: 'fake' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.on('close', (code) => done({ code, out, err })),
  );
  const keys = () => {
    const at = join(folder, 'state/stakes/keys');
    const own = readdirSync(at).find((name) => name.endsWith('.tokens')) ?? '';
    return JSON.parse(readFileSync(join(at, own, 'jwks.json'), 'utf8')) as { keys: [] };
  };
  const records = () => {
    const at = join(folder, 'state/stakes/audit');
    const [log = ''] = readdirSync(at);
    return readdirSync(join(at, log))
      .map((name) => readFileSync(join(at, log, name), 'utf8'))
      .join('');
  };
  child.stdin.on('error', () => undefined);
  const send = (message: unknown) => void child.stdin.write(`${JSON.stringify(message)}\n`);
  const said = async (text: string) => {
    for (let tries = 0; !out.includes(text) && tries < 500; tries++) await new Promise((wait) => setTimeout(wait, 20));
    expect(out).toContain(text);
  };
  const end = () => {
    child.stdin.end();
    return ended;
  };
  return { send, said, end, ended, keys, records };
}

const INITIALIZE = request(0, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'c', version: '1' },
});

const initialized = (id: number | undefined) => ({
  jsonrpc: '2.0',
  id,
  result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } },
});
const answer = (id: number | undefined, text: string) => ({
  jsonrpc: '2.0',
  id,
  result: { content: [{ type: 'text', text }] },
});

test('a server at a URL can check all that comes: calls by their own tokens, everything else by one of the connection', async () => {
  const refused: unknown[] = [];
  const url: URL = await listening(async ({ method, authorization, body }) => {
    const message = (body === '' ? {} : JSON.parse(body)) as Message;
    const token = tokenInHeader(authorization);
    const given = { token, keys: at.keys(), issuer: ISSUER, audience: url.href.replace(/\/$/, '') };
    try {
      if (message.method !== 'tools/call') await verifyConnection(given);
      else {
        const { name, arguments: values } = message.params as NonNullable<Message['params']>;
        const { id } = await verifyCall({ ...given, tool: name, arguments: values });
        return { body: answer(message.id, `${name} ran, as ${id}, by ${authorization}`) };
      }
    } catch (error) {
      refused.push([method, message.method, error]);
      return { status: 401 };
    }
    if (message.method === 'initialize') return { body: initialized(message.id) };
    return { status: message.id === undefined ? (method === 'GET' ? 405 : 202) : 404 };
  });
  const at = gate(url);
  at.send(INITIALIZE);
  at.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  at.send(call(1, 'refund', REFUND));
  await at.said('refund ran');
  const { out, err } = await at.end();
  expect(refused).toEqual([]);
  expect(out).toMatch(/refund ran, as [0-9a-f]{12}\.\d+, by Bearer \[token removed\]/);
  expect(err).toContain(`each call has a token of ${ISSUER} for ${url.href.replace(/\/$/, '')}`);
  for (const text of [out, err, at.records()]) expect(text).not.toContain('eyJ');
}, 60_000);

test('tokens of an endpoint go to the server, ours to the endpoint; where there is none the call is refused', async () => {
  let [isAway, number] = [false, 0];
  const asked: { resource: string | null; scope: string | null; subject: Record<string, unknown> }[] = [];
  const endpoint: URL = await listening(async ({ authorization, body }) => {
    const form = new URLSearchParams(body);
    expect(authorization).toMatch(/^Basic /);
    const subject = decodeJwt(form.get('subject_token') ?? '');
    asked.push({ resource: form.get('resource'), scope: form.get('scope'), subject });
    if (isAway) return { status: 400, body: { error: 'access_denied' } };
    const token = { access_token: `theirs-${++number}-0123456789`, token_type: 'Bearer', expires_in: 60 };
    return { body: token };
  });
  const seen: (string | undefined)[] = [];
  const url: URL = await listening(async ({ method, authorization, body }) => {
    const message = (body === '' ? {} : JSON.parse(body)) as Message;
    if (method !== 'DELETE') seen.push(authorization);
    if (message.method === 'initialize') return { body: initialized(message.id) };
    if (message.id === undefined) return { status: method === 'GET' ? 405 : 202 };
    return { body: answer(message.id, `ran by ${authorization}`) };
  });
  const at = gate(url, '--token-endpoint', endpoint.href, '--token-client', 'gate');
  at.send(INITIALIZE);
  await at.said('"id":0');
  at.send(call(1, 'refund', REFUND));
  await at.said('"id":1');
  isAway = true;
  at.send(call(2, 'refund', { ...REFUND, amount: 5 }));
  await at.said('"id":2');
  const { out, err } = await at.end();
  expect(seen).toEqual(['Bearer theirs-1-0123456789', 'Bearer theirs-2-0123456789']);
  expect(out).toContain('ran by Bearer [token removed]');
  expect(out).toContain('there is no token for it');
  expect(err).toContain('a call has no token and was refused: the token endpoint answered 400 (access_denied)');
  expect(asked.map(({ resource }) => resource)).toEqual(Array.from(asked, () => url.href.replace(/\/$/, '')));
  for (const { subject } of asked) expect(subject.aud).toBe(endpoint.href);
  const outcomes = at.records().match(/"outcome":"\w+"/g);
  expect(outcomes).toEqual(['"outcome":"ok"', '"outcome":"refused"']);
  for (const text of [out, err, at.records()]) expect(text).not.toMatch(/eyJ|theirs-/);
}, 60_000);

test('without a first token nothing is started', async () => {
  const hit: string[] = [];
  const url = await listening(async ({ path }) => {
    hit.push(path);
    return { status: 500 };
  });
  const { code, err } = await gate(url, '--token-endpoint', new URL('/token', url).href).ended;
  expect(code).toBe(2);
  expect(err).toContain('error[tokens]: there is no token for the server: the token endpoint answered 500');
  expect(hit).toEqual(['/token']);
}, 60_000);
