import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, project, stakes, start, waitingCall } from './process.fixture.ts';

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
