import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { alone, begun, type HttpGate, httpGate, post, query, said } from './http.fixture.ts';

async function client(gate: HttpGate, mode: 'auto' | 'legacy' = 'legacy'): Promise<Client> {
  const made = new Client({ name: 'c', version: '1' }, { capabilities: { roots: {} }, versionNegotiation: { mode } });
  made.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///kb', name: 'kb' }] }));
  const headers = { authorization: `Bearer ${gate.token}` };
  await made.connect(new StreamableHTTPClientTransport(new URL(gate.url), { requestInit: { headers } }));
  return made;
}

const sql = (text: string) => ({ name: 'query', arguments: { sql: text } });

test('the official client calls, is told of progress, answers what the server asks, and ends its session', async () => {
  const gate = await httpGate();
  const [one, other] = [await client(gate), await client(gate)];
  const first = await one.callTool(sql('select 1'));
  const pid = (answer: unknown) => (JSON.parse(said({ result: answer })) as { pid: number }).pid;
  expect(pid(await other.callTool(sql('select 1'))), 'each session has a server of its own').not.toBe(pid(first));
  expect(pid(await one.callTool(sql('select 2')))).toBe(pid(first));
  const progress: unknown[] = [];
  await one.callTool(sql('wait 50'), { onprogress: (each) => progress.push(each) });
  expect(progress).toMatchObject([{ progress: 1, message: 'wait 50' }]);
  expect(said({ result: await one.callTool(sql('roots')) })).toContain('file:///kb');
  await one.close();
  await other.close();
  expect(await gate.end()).toBe(0);
}, 60_000);

test('the official client without sessions: what it finds out, calls, and listens to', async () => {
  const gate = await httpGate();
  const one = await client(gate, 'auto');
  expect(one.getNegotiatedProtocolVersion()).toBe('2026-07-28');
  const progress: unknown[] = [];
  const answers = await Promise.all([
    one.callTool(sql('wait 50'), { onprogress: (each) => progress.push(each) }),
    one.callTool(sql('select 1')),
  ]);
  expect(said({ result: answers[0] })).toBe('wait 50');
  expect(said({ result: answers[1] })).toContain('select 1');
  expect(progress).toMatchObject([{ progress: 1, message: 'wait 50' }]);
  const changed = new Promise<void>((done) => {
    one.setNotificationHandler('notifications/tools/list_changed', () => done());
  });
  const listening = await one.listen({ toolsListChanged: true });
  await changed;
  await listening.close();
  await one.close();
  expect(await gate.end()).toBe(0);
}, 60_000);

test('a policy holds over HTTP: tools are hidden, calls refused and held, and the log verifies', async () => {
  const gate = await httpGate([]);
  const one = await client(gate);
  expect((await one.listTools()).tools.map(({ name }) => name)).toEqual(['query']);
  expect(await one.callTool({ name: 'drop', arguments: {} })).toMatchObject({ isError: true });
  const held = await post(gate, ...alone(1, 'select 1'));
  expect(held.headers.get('content-type'), 'who waits for a person is shown that the gate is there').toBe(
    'text/event-stream',
  );
  await held.body?.cancel();
  await one.close();
  expect(await gate.end()).toBe(0);
  const [log = ''] = readdirSync(join(gate.folder, 's/stakes/audit'));
  const args = ['bin/stakes.js', 'audit', 'verify', join(gate.folder, 's/stakes/audit', log)];
  const env = { ...process.env, XDG_STATE_HOME: join(gate.folder, 's') };
  const verified = spawnSync(process.execPath, args, { env });
  expect(String(verified.stdout)).toContain('2 calls');
  expect(verified.status).toBe(0);
}, 60_000);

test('signals: what is under way is told, servers end, a second gate finds the same token', async () => {
  const gate = await httpGate();
  const session = await begun(gate);
  const { pid } = JSON.parse(said(await (await post(gate, query(1, 'select 1'), session)).json())) as { pid: number };
  const waiting = post(gate, query(2, 'never'), session);
  await new Promise((done) => setTimeout(done, 200));
  const ended = gate.end('SIGINT');
  expect(JSON.stringify(await (await waiting).text())).toContain('the server has ended');
  expect(await ended).toBe(130);
  expect(() => process.kill(pid, 0)).toThrow();
}, 60_000);
