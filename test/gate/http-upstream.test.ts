import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { alone, begun, eventsOf, httpGate, INITIALIZE, post, project, query, said } from './http.fixture.ts';

interface Seen {
  method: string;
  headers: IncomingMessage['headers'];
  message: { id?: number; method?: string; params?: Record<string, unknown> };
}
type Play = (seen: Seen, response: ServerResponse) => void;

/** A server that does what the test wants, and remembers what it was sent. */
async function played(play: Play): Promise<{ url: string; seen: Seen[]; server: Server }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const one = {
      method: request.method ?? '',
      headers: request.headers,
      message: text === '' ? {} : JSON.parse(text),
    };
    seen.push(one);
    play(one, response);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, seen, server };
}

function json(response: ServerResponse, message: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(message));
}

const text = (id: unknown, words: string) => ({
  jsonrpc: '2.0',
  id,
  result: { content: [{ type: 'text', text: words }] },
});

/** What every server does, with a session. */
function usual({ method, message }: Seen, response: ServerResponse): boolean {
  if (message.method === 'initialize') {
    const result = {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 's', version: '1' },
    };
    json(response, { jsonrpc: '2.0', id: message.id, result }, { 'mcp-session-id': 'theirs' });
  } else if (method === 'GET') response.writeHead(405).end();
  else if (method === 'DELETE' || message.id === undefined) response.writeHead(202).end();
  else return false;
  return true;
}

const upstream = (url: string, ...flags: string[]) => ['--shadow', '--upstream', url, ...flags];

test.each([
  ['its own pipes', 'a server it starts'],
  ['its own pipes', 'a URL'],
  ['HTTP', 'a URL'],
] as const)(
  'the official client on %s, in front of %s: calls, progress, questions, both ways of speaking',
  async (front, back) => {
    const behind = back === 'a URL' ? await httpGate(['--shadow', '--no-client-token']) : undefined;
    const place = behind === undefined ? ['--shadow', '--', 'node', 'server.mjs'] : upstream(behind.url);
    const { folder, env } = project();
    const gate = front === 'HTTP' ? await httpGate(place, []) : undefined;
    for (const mode of ['legacy', 'auto'] as const) {
      const client = new Client(
        { name: 'c', version: '1' },
        { capabilities: { roots: {} }, versionNegotiation: { mode } },
      );
      client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///kb', name: 'kb' }] }));
      const args = [resolve('bin/stakes.js'), 'gate', '-p', 'policy.json', '--server', 'postgres', ...place];
      const transport = gate
        ? new StreamableHTTPClientTransport(new URL(gate.url), {
            requestInit: { headers: { authorization: `Bearer ${gate.token}` } },
          })
        : new StdioClientTransport({
            command: process.execPath,
            args,
            cwd: folder,
            env: env as Record<string, string>,
            stderr: 'ignore',
          });
      await client.connect(transport);
      expect(client.getNegotiatedProtocolVersion()).toBe(mode === 'auto' ? '2026-07-28' : '2025-11-25');
      const call = (sql: string, options = {}) => client.callTool({ name: 'query', arguments: { sql } }, options);
      const progress: unknown[] = [];
      const waited = await call('wait 30', { onprogress: (each: unknown) => progress.push(each) });
      expect(said({ result: waited })).toBe('wait 30');
      expect(progress).toMatchObject([{ progress: 1, message: 'wait 30' }]);
      if (mode === 'legacy') expect(said({ result: await call('roots') })).toContain('file:///kb');
      const stop = new AbortController();
      const never = call('never', { signal: stop.signal });
      setTimeout(() => stop.abort(), 100);
      await expect(never).rejects.toThrow();
      expect(said({ result: await call('after') })).toContain('after');
      await client.close();
    }
    if (gate) expect(await gate.end()).toBe(0);
    if (behind) expect(await behind.end()).toBe(0);
  },
  90_000,
);

test('what the client shows the gate stays there; what the policy has for the server goes there, and nowhere else', async () => {
  const server = await played((seen, response) => {
    if (!usual(seen, response)) json(response, text(seen.message.id, 'ran'));
  });
  const at = project(({ servers }) => {
    Object.assign(servers.postgres ?? {}, {
      transport: 'http',
      command: null,
      args: [],
      url: server.url,
      headers: { Authorization: 'Bearer ${PG_TOKEN}', 'X-Team': 'pay' },
    });
  });
  const missing = httpGate(upstream(server.url), [], at);
  await expect(missing).rejects.toThrow('PG_TOKEN');
  const gate = await httpGate(upstream(server.url), [], { ...at, env: { ...at.env, PG_TOKEN: 'theirs' } });
  const session = await begun(gate);
  await (await post(gate, query(1, 'x'), session)).json();
  await (await post(gate, ...alone(1, 'é'))).json();
  await gate.end();
  const calls = server.seen.filter(({ message }) => message.method === 'tools/call').map(({ headers }) => headers);
  expect(calls).toMatchObject([
    {
      authorization: 'Bearer theirs',
      'x-team': 'pay',
      'mcp-session-id': 'theirs',
      'mcp-protocol-version': '2025-11-25',
    },
    {
      authorization: 'Bearer theirs',
      'mcp-method': 'tools/call',
      'mcp-name': 'query',
      'mcp-protocol-version': '2026-07-28',
    },
  ]);
  expect(calls[1]).not.toHaveProperty('mcp-session-id');
  expect(JSON.stringify(server.seen)).not.toContain(gate.token);
  expect(server.seen.at(-1)).toMatchObject({ method: 'DELETE', headers: { 'mcp-session-id': 'theirs' } });
  const other = await played((seen, response) => void usual(seen, response));
  const elsewhere = await httpGate(upstream(other.url), [], { ...at, env: { ...at.env, PG_TOKEN: 'theirs' } });
  await begun(elsewhere);
  expect(elsewhere.said()).toContain('its headers are not sent there');
  expect(JSON.stringify(other.seen)).not.toContain('Bearer theirs');
  await elsewhere.end();
}, 60_000);

test('what a server answers instead of an answer is told in words, and a redirect leads nowhere', async () => {
  const other = await played((_, response) => response.writeHead(200).end());
  const server = await played((seen, response) => {
    if (usual(seen, response)) return;
    const sql = String((seen.message.params?.arguments as { sql?: unknown } | undefined)?.sql);
    const status = Number(sql);
    if (sql === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (sql === 'break')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n', () => response.destroy());
    else if (sql === 'other') json(response, text(77, 'not mine'));
    else if (sql === 'said') {
      const error = { code: -32602, message: 'no such tool' };
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
    } else if (sql === 'hang up') response.destroy();
    else response.writeHead(status, { location: other.url, 'www-authenticate': 'Bearer' }).end('a secret');
  });
  const gate = await httpGate(upstream(server.url), []);
  const session = await begun(gate);
  const rows: [string, string][] = [
    ['301', 'the gate does not follow'],
    ['307', other.url.replace('/mcp', '')],
    ['401', 'wants a credential'],
    ['403', 'does not take the credential'],
    ['429', 'try again later'],
    ['500', 'has failed (500)'],
    ['418', 'refuses the message (418)'],
    ['html', 'no answer that the protocol has'],
    ['other', 'no answer that the protocol has'],
    ['break', 'broke before the answer'],
    ['hang up', 'may have been done, or not'],
    ['said', 'no such tool'],
  ];
  for (const [at, [sql, words]] of rows.entries()) {
    const answer = await post(gate, query(at + 1, sql), session);
    const { id, error } = (await answer.json()) as { id: number; error: { message: string } };
    expect([sql, answer.status, id]).toEqual([sql, 200, at + 1]);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('a secret');
  }
  expect(other.seen).toEqual([]);
  server.server.closeAllConnections();
  await new Promise((done) => server.server.close(done));
  // The gate has to notice that its connections are gone.
  await new Promise((done) => setTimeout(done, 300));
  expect(await (await post(gate, query(50, 'x'), session)).json()).toMatchObject({
    error: { message: 'the server cannot be reached (ECONNREFUSED); nothing was sent' },
  });
  await gate.end();
}, 60_000);

test('a session that the server has ended is ended for the client, who begins another one', async () => {
  let isEnded = false;
  const server = await played((seen, response) => {
    if (seen.message.method === 'initialize') isEnded = false;
    if (usual(seen, response)) return;
    if (seen.message.id === 9) isEnded = true;
    if (isEnded) response.writeHead(404).end();
    else json(response, text(seen.message.id, 'ran'));
  });
  const gate = await httpGate(upstream(server.url), []);
  const session = await begun(gate);
  expect((await post(gate, query(9, 'x'), session)).status).toBe(404);
  expect((await post(gate, query(10, 'x'), session)).status).toBe(404);
  expect(said(await (await post(gate, query(1, 'x'), await begun(gate))).json())).toBe('ran');
  await gate.end();
}, 60_000);

test('a stream that breaks is taken up again where the server can', async () => {
  const event = (id: string, message: unknown) => `id: ${id}\ndata: ${JSON.stringify(message)}\n\n`;
  const server = await played((seen, response) => {
    const from = seen.headers['last-event-id'];
    if (from === undefined && usual(seen, response)) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (from === undefined) response.write(`retry: 10\nid: a\ndata: \n\n`, () => response.destroy());
    else
      response.end(
        event('b', { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: from } }) +
          event('c', text(5, 'late')),
      );
  });
  const gate = await httpGate(upstream(server.url), []);
  const events = eventsOf(await post(gate, query(5, 'x'), await begun(gate)));
  expect(await events.next()).toMatchObject({ params: { data: 'a' } });
  expect(said(await events.next())).toBe('late');
  await gate.end();
}, 60_000);

test('a client on pipes may send everything at once, and gets all answers before the end', async () => {
  const server = await played((seen, response) => {
    if (seen.message.method === 'initialize') setTimeout(() => usual(seen, response), 300);
    else if (!usual(seen, response))
      setTimeout(() => json(response, text(seen.message.id, `ran ${seen.headers['mcp-session-id']}`)), 100);
  });
  const { folder, env } = project();
  const args = [resolve('bin/stakes.js'), 'gate', '-p', 'policy.json', '--server', 'postgres', ...upstream(server.url)];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = [INITIALIZE, { jsonrpc: '2.0', method: 'notifications/initialized' }, query(1, 'x'), query(2, 'y')];
  child.stdin.on('error', () => undefined);
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  expect(await new Promise((done) => child.on('close', done))).toBe(0);
  expect(out.match(/ran theirs/g)).toHaveLength(2);
  expect(server.seen.slice(0, 2).map(({ message }) => message.method)).toEqual([
    'initialize',
    'notifications/initialized',
  ]);
}, 60_000);

test.each([
  [['--upstream', 'http://example.com/mcp'], 'use `https:`'],
  [['--upstream', 'https://u:p@example.com/mcp'], 'a URL shows'],
  [['--upstream', 'ftp://example.com'], 'is no URL'],
  [['--upstream', 'https://example.com/mcp', '--', 'node'], 'one server'],
  [[], 'stands in front of a server'],
])('%j is refused', async (flags, words) => {
  await expect(httpGate(flags, [])).rejects.toThrow(words);
});

test('headers that repeat arguments are written for the server and checked for the client, once a list has named them', async () => {
  const inputSchema = { type: 'object', properties: { sql: { type: 'string', 'x-mcp-header': 'Sql' } } };
  const server = await played((seen, response) => {
    const { id, method } = seen.message;
    const result = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
    if (method === 'tools/list')
      json(response, { jsonrpc: '2.0', id, result: { ...result, tools: [{ name: 'query', inputSchema }] } });
    // Against the protocol, but seen: several objects, a line each.
    else {
      const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } };
      const lines = [progress, text(id, String(seen.headers['mcp-param-sql']))].map((each) => JSON.stringify(each));
      response.writeHead(200, { 'content-type': 'application/json' }).end(lines.join('\n'));
    }
  });
  const gate = await httpGate(upstream(server.url), []);
  const [message, headers] = alone(1, 'é');
  const list = { ...message, method: 'tools/list', params: { _meta: message.params._meta } };
  expect((await post(gate, list, { ...headers, 'mcp-method': 'tools/list', 'mcp-name': '' })).status).toBe(400);
  const { 'mcp-name': _, ...unnamed } = headers;
  expect((await post(gate, list, { ...unnamed, 'mcp-method': 'tools/list' })).status).toBe(200);
  expect((await post(gate, message, headers)).status, 'the header is missing').toBe(400);
  expect((await post(gate, message, { ...headers, 'mcp-param-sql': 'e' })).status).toBe(400);
  const answer = await post(gate, message, { ...headers, 'mcp-param-sql': '=?base64?w6k=?=' });
  const events = eventsOf(answer);
  expect(await events.next()).toMatchObject({ method: 'notifications/progress' });
  expect(said(await events.next())).toBe('=?base64?w6k=?=');
  await gate.end();
}, 60_000);

test('a server at a URL gets the token of each call as its bearer, and no client sees it', async () => {
  const server = await played((seen, response) => {
    if (!usual(seen, response)) json(response, text(seen.message.id, `I was shown ${seen.headers.authorization}`));
  });
  const at = project(({ tools }) => Object.assign(tools['postgres/query'] ?? {}, { decision: 'allow' }));
  const gate = await httpGate(['--upstream', server.url, '--tokens'], [], at);
  const session = await begun(gate);
  const answer = await (await post(gate, query(1, 'select 1'), session)).json();
  expect(said(answer)).toBe('I was shown Bearer [token removed]');
  const bearers = server.seen.map(({ message, headers }) => [message.method, headers.authorization]);
  expect(bearers).toContainEqual(['initialize', expect.stringMatching(/^Bearer ./)]);
  const [, bearer = ''] = bearers.find(([method]) => method === 'tools/call') ?? [];
  const jwks = (await (await fetch(gate.url.replace('/mcp', '/.well-known/jwks.json'))).json()) as JSONWebKeySet;
  const audience = server.url;
  const { payload } = await jwtVerify(bearer.replace('Bearer ', ''), createLocalJWKSet(jwks), {
    audience,
    typ: 'at+jwt',
  });
  expect(payload).toMatchObject({ authorization_details: [{ identifier: 'query', locations: [server.url] }] });
  expect(await gate.end()).toBe(0);
  expect(gate.said()).not.toContain(bearer.slice(7));
}, 60_000);
