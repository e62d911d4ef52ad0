import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import {
  alone,
  begun,
  eventsOf,
  type HttpGate,
  httpGate,
  INITIALIZE,
  JSON_HEADERS,
  post,
  query,
  said,
} from './http.fixture.ts';

/** A request that `fetch` would not send; its status. */
function raw(
  gate: HttpGate,
  headers: Record<string, string | string[]>,
  body = JSON.stringify(INITIALIZE),
): Promise<number> {
  return new Promise((done, failed) => {
    const sent = request(gate.url, {
      method: 'POST',
      headers: { ...JSON_HEADERS, authorization: `Bearer ${gate.token}`, ...headers },
    });
    sent.on('response', (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

test('whoever may not call is turned away before anything is read', async () => {
  const gate = await httpGate();
  const { host } = new URL(gate.url);
  const rows: [string, number, Record<string, string | string[]>][] = [
    ['no token', 401, { authorization: '' }],
    ['another token', 401, { authorization: 'Bearer abcdefghijklmnopqrstuvwxyz' }],
    ['a name that points here', 403, { host: 'evil.example.com' }],
    ['a page', 403, { origin: 'http://evil.example.com' }],
    ['a page on this machine', 403, { origin: 'http://localhost:1' }],
    ['a page without an origin', 403, { origin: 'null' }],
    ['its own origin', 200, { origin: `http://${host}` }],
    ['localhost', 200, { host: 'localhost:1' }],
    ['two of what decides', 400, { 'mcp-name': ['query', 'drop'] }],
    ['another type', 415, { 'content-type': 'text/plain' }],
    ['another character set', 415, { 'content-type': 'application/json; charset=utf-16' }],
    ['compressed', 415, { 'content-encoding': 'gzip' }],
    ['accepts no stream', 406, { accept: 'application/json' }],
    ['many headers', 431, Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, 'x']))],
  ];
  for (const [what, status, headers] of rows) expect([what, await raw(gate, headers)]).toEqual([what, status]);
  const elsewhere = await fetch(gate.url.replace('/mcp', '/other'), {
    headers: { authorization: `Bearer ${gate.token}` },
  });
  expect(elsewhere.status).toBe(404);
  await gate.end();
}, 60_000);

test('a message that is none, or several, is refused', async () => {
  const gate = await httpGate();
  const session = await begun(gate);
  const rows: [string, number, string][] = [
    ['not JSON', 400, '{'],
    ['a batch', 400, JSON.stringify([query(1, 'x')])],
    ['no message', 400, '{}'],
  ];
  for (const [what, status, body] of rows) {
    const answer = await post(gate, body, session);
    expect([what, answer.status]).toEqual([what, status]);
    expect(await answer.json()).toHaveProperty('error');
  }
  const twice = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"drop","name":"query"}}';
  // The gate of these tests stops nothing; what it would have refused is on record.
  expect(await (await post(gate, twice, session)).json()).toHaveProperty('result');
  expect(await raw(gate, session, Buffer.from([0x22, 0xff, 0x22]) as unknown as string)).toBe(400);
  await gate.end();
}, 60_000);

test('a part of a message never becomes a message of its own', async () => {
  const gate = await httpGate([]);
  const session = await begun(gate);
  const hidden = JSON.stringify(query(9, 'hidden'));
  const body = `{"jsonrpc":"2.0","method":"notifications/x","params":{"a":\n${hidden}\n}}`;
  expect((await post(gate, body, session)).status).toBe(202);
  const pretty = JSON.stringify({ jsonrpc: '2.0', id: 3, method: 'tools/list' }, null, 2).replaceAll('\n', '\r\n');
  expect(await (await post(gate, pretty, session)).json()).toMatchObject({
    id: 3,
    result: { tools: [{ name: 'query' }] },
  });
  await gate.end();
  expect(gate.said()).not.toContain('dropped');
}, 60_000);

test('headers that say something else than the message are refused', async () => {
  const gate = await httpGate();
  const [message, headers] = alone(1, 'select 1');
  const rows: [string, Record<string, string>, number, number?][] = [
    ['as it is', {}, 200],
    ['another name', { 'mcp-name': 'drop' }, 400, -32020],
    ['the same name, encoded', { 'mcp-name': '=?base64?cXVlcnk=?=' }, 200],
    ['another name, encoded', { 'mcp-name': '=?base64?ZHJvcA==?=' }, 400, -32020],
    ['encoded in two ways', { 'mcp-name': '=?base64?cXVlcnl=?=' }, 400, -32020],
    ['another method', { 'mcp-method': 'tools/list' }, 400, -32020],
    ['another version', { 'mcp-protocol-version': '2025-11-25' }, 400, -32020],
  ];
  for (const [what, more, status, code] of rows) {
    const answer = await post(gate, message, { ...headers, ...more });
    const { error } = (await answer.json()) as { error?: { code: number } };
    expect([what, answer.status, error?.code]).toEqual([what, status, code]);
  }
  for (const missing of Object.keys(headers)) {
    const answer = await post(
      gate,
      message,
      Object.fromEntries(Object.entries(headers).filter(([name]) => name !== missing)),
    );
    expect([missing, answer.status, await answer.json()]).toMatchObject([
      missing,
      400,
      { id: 1, error: { code: -32020 } },
    ]);
  }
  const future = {
    ...message,
    params: { ...message.params, _meta: { 'io.modelcontextprotocol/protocolVersion': '2031-01-01' } },
  };
  const answer = await post(gate, future, { ...headers, 'mcp-protocol-version': '2031-01-01' });
  expect(await answer.json()).toMatchObject({ error: { code: -32022, data: { requested: '2031-01-01' } } });
  const session = await begun(gate);
  const old = await post(gate, query(5, 'x'), { ...session, 'mcp-name': 'drop' });
  expect([old.status, await old.json()]).toMatchObject([400, { error: { code: -32020 } }]);
  await gate.end();
}, 60_000);

test('a session begins with its handshake and ends for good', async () => {
  const gate = await httpGate();
  expect((await post(gate, query(1, 'x'))).status).toBe(400);
  const session = await begun(gate);
  expect((await post(gate, INITIALIZE, session)).status).toBe(400);
  expect((await post(gate, query(1, 'x'), { ...session, 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
  const gone = await fetch(gate.url, {
    method: 'DELETE',
    headers: { ...session, authorization: `Bearer ${gate.token}` },
  });
  expect(gone.status).toBe(204);
  expect((await post(gate, query(1, 'x'), session)).status).toBe(404);
  expect((await post(gate, query(1, 'x'), { 'mcp-session-id': 'x' })).status).toBe(404);
  await gate.end();
}, 60_000);

test('a server that ends takes its session with it, and nobody waits', async () => {
  const gate = await httpGate();
  const [one, other] = [await begun(gate), await begun(gate)];
  const waiting = post(gate, query(1, 'never'), one);
  expect(await (await post(gate, query(2, 'die'), one)).json()).toMatchObject({
    id: 2,
    error: { message: 'the server has ended' },
  });
  expect(await (await waiting).json()).toMatchObject({ id: 1, error: { message: 'the server has ended' } });
  expect((await post(gate, query(3, 'x'), one)).status).toBe(404);
  expect(said(await (await post(gate, query(3, 'x'), other)).json())).toContain('x');
  expect(await (await post(gate, ...alone(1, 'die'))).json()).toMatchObject({
    error: { message: 'the server has ended' },
  });
  expect(said(await (await post(gate, ...alone(1, 'again'))).json()), 'what has no session begins anew').toContain(
    'again',
  );
  await gate.end();
}, 60_000);

test('clients without sessions that use the same ids get their own answers', async () => {
  const gate = await httpGate();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const answer = await post(gate, ...alone(1, `wait ${40 - at}`, { progressToken: 'p' }));
      const events = eventsOf(answer);
      return [await events.next(), await events.next()];
    }),
  );
  for (const [at, [progress, answer]] of answers.entries()) {
    expect(progress).toMatchObject({ params: { progressToken: 'p', message: `wait ${40 - at}` } });
    expect(answer).toMatchObject({ id: 1, result: { content: [{ text: `wait ${40 - at}` }] } });
  }
  await gate.end();
}, 60_000);

test('without a session, hanging up cancels; with one, the answer is kept for who comes back', async () => {
  const gate = await httpGate();
  const hung = eventsOf(
    await post(gate, ...alone(1, 'never', { progressToken: 'p', 'io.modelcontextprotocol/logLevel': 'info' })),
  );
  await hung.next();
  const other = eventsOf(
    await post(gate, ...alone(2, 'wait 3000', { progressToken: 'p', 'io.modelcontextprotocol/logLevel': 'info' })),
  );
  await other.next();
  await hung.cancel();
  expect(await other.next()).toMatchObject({ params: { data: 'cancelled 1' } });
  await other.cancel();
  const session = await begun(gate);
  const broken = eventsOf(await post(gate, query(1, 'wait 300', { progressToken: 'p' }), session));
  await broken.next();
  await broken.cancel();
  await new Promise((done) => setTimeout(done, 500));
  const get = (from: string) =>
    fetch(gate.url, {
      headers: {
        ...session,
        accept: 'text/event-stream',
        authorization: `Bearer ${gate.token}`,
        'last-event-id': from,
      },
    });
  const again = eventsOf(await get(broken.lastId()));
  expect(said(await again.next())).toBe('wait 300');
  expect(await again.next(), 'and that was all').toBeUndefined();
  for (const lost of ['99.0', `${broken.lastId()}9`, 'x']) expect((await get(lost)).status).toBe(400);
  await gate.end();
}, 60_000);

test('a client that does not read slows its server down, and the memory stays flat', async () => {
  const gate = await httpGate();
  const session = await begun(gate);
  // Answers on streams whose client never reads: each has shown progress first, so that it is a stream.
  const unread = await Promise.all(
    Array.from({ length: 30 }, (_, at) => post(gate, query(at + 1, 'large 4000000', { progressToken: at }), session)),
  );
  await new Promise((done) => setTimeout(done, 1000));
  const kib = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gate.child.pid}/status`, 'utf8'))?.[1]);
  expect(kib).toBeLessThan(400_000);
  await Promise.all(unread.map((each) => each.body?.cancel()));
  await gate.end();
}, 60_000);

test('what would open the gate to others has to be said', async () => {
  await expect(httpGate(['--listen', '0.0.0.0:0'])).rejects.toThrow('--expose');
  await expect(httpGate(['--listen', 'example.com'])).rejects.toThrow('is no address');
  const open = await httpGate(['--no-client-token', '--shadow']);
  expect(open.said()).toContain('every user of this machine may call');
  await begun(open);
  await open.end();
}, 60_000);

test('an answer that nests deep ends nothing but itself', async () => {
  const gate = await httpGate();
  const session = await begun(gate);
  const log = { 'io.modelcontextprotocol/logLevel': 'info' };
  const text = await (await post(gate, ...alone(1, 'deep', log))).text();
  expect(text).toMatch(/nests too deep|structuredContent/);
  await (await post(gate, query(1, 'deep'), session)).text();
  expect(said(await (await post(gate, query(2, 'after'), session)).json())).toContain('after');
  expect(said(await (await post(gate, ...alone(2, 'after'))).json())).toContain('after');
  expect(await gate.end()).toBe(0);
}, 60_000);
