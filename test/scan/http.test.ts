import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listTools } from '../../src/scan/start/list.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: Record<string, unknown>) => void;

/** A server on loopback, and the headers of all that reached it. */
async function serve(answer: Answer): Promise<{ url: string; seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    seen.push(request.headers);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    answer(request, response, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, seen };
}

const SERVER = { name: 'fake', version: '1' };
const good: Answer = (request, response, { id, method }) => {
  if (request.method !== 'POST' || id === undefined)
    return void response.writeHead(request.method === 'POST' ? 202 : 405).end();
  const results: Record<string, unknown> = {
    initialize: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: SERVER },
    'tools/list': { tools: [{ name: 'get_a', inputSchema: { type: 'object' } }] },
  };
  const result = results[String(method)];
  const body = result === undefined ? { error: { code: -32601, message: 'no such method' } } : { result };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, ...body }));
};

const ask = (url: string, limitMs = 10_000) =>
  listTools({ kind: 'http', url, headers: { authorization: 'Bearer dummy-of-the-test' } }, limitMs);

test('a server at an address gives its tools, with the headers of the configuration', async () => {
  const { url, seen } = await serve(good);
  expect(await ask(url)).toEqual({
    protocol: '2025-11-25',
    tools: [{ name: 'get_a', inputSchema: { type: 'object' } }],
  });
  expect(seen.every(({ authorization }) => authorization === 'Bearer dummy-of-the-test')).toBe(true);
});

test('one that speaks the revision of 2026 is asked in it', async () => {
  const { url } = await serve((request, response, { id, method }) => {
    const results: Record<string, unknown> = {
      'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, serverInfo: SERVER },
      'tools/list': { tools: [{ name: 'get_a', inputSchema: { type: 'object' } }], ttlMs: 0, cacheScope: 'private' },
    };
    const result = { resultType: 'complete', ...(results[String(method)] as object) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    expect(request.method).toBe('POST');
  });
  expect(await ask(url)).toMatchObject({ protocol: '2026-07-28', tools: [{ name: 'get_a' }] });
});

test('a redirect to another origin is not followed: no header goes there', async () => {
  const other = await serve(good);
  const { url } = await serve((_, response) => void response.writeHead(307, { location: other.url }).end());
  expect(await ask(url)).toMatchObject({ says: 'leads to another address, which is not followed' });
  expect(other.seen).toEqual([]);
});

test.each<[string, Answer, string]>([
  ['wants a sign-in', (_, response) => void response.writeHead(401).end(), 'server-refuses'],
  ['fails', (_, response) => void response.writeHead(500).end('oops'), 'server-refuses'],
  ['never answers', () => undefined, 'server-hangs'],
  [
    'never stops',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (response.write(Buffer.alloc(1 << 16, 32)));
        response.once('drain', more);
      };
      more();
    },
    'server-floods',
  ],
  [
    'sends what is no JSON',
    (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"jsonrpc"'),
    'server-refuses',
  ],
])('one that %s is one failure', async (_, answer, code) => {
  const { url } = await serve(answer);
  expect(await ask(url, code === 'server-hangs' ? 2_000 : 10_000)).toMatchObject({ code });
});

test('nobody there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await ask(`http://127.0.0.1:${port}/mcp`)).toMatchObject({
    code: 'not-reached',
    says: 'cannot be reached (ECONNREFUSED)',
  });
});
