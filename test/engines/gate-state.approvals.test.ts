import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ApprovalsReport } from '../../src/model/approvals.ts';
import { capped, type Place, place, until } from './gate-state/gates.ts';
import { redis } from './gate-state/redis.ts';

type Waiting = ApprovalsReport['waiting'];

const asking = () => capped({}, {}, { decision: 'ask', highStakes: ['irreversible'], because: 'money leaves' });

async function waiting(at: Place, url: string, count = 1): Promise<Waiting> {
  let found: Waiting = [];
  await until(async () => {
    const { out } = await at.run(['approvals', '-f', 'json', '--state', url]);
    found = (JSON.parse(out) as ApprovalsReport).waiting;
    return found.length === count;
  });
  return found;
}

test('what is asked at one gate is answered from another place, once, and is on record as that', async () => {
  const { url, say } = await redis();
  const at = place(asking());
  const gate = at.gate(url, { machine: 'far' });
  const [one, other] = [gate.call('refund', { amount: 5 }), gate.call('refund', { amount: 7 })];
  const calls = await waiting(at, url, 2);
  const idOf = (amount: number) =>
    calls.find((call) => JSON.stringify(call.arguments) === `{"amount":${amount}}`)?.id ?? '';
  const [five, seven] = [idOf(5), idOf(7)];
  // Nothing of it is in this account's own inboxes.
  expect(JSON.parse((await at.run(['approvals', '-f', 'json'])).out)).toMatchObject({ waiting: [] });
  const approve = ['approvals', 'approve', five, '--as', 'ada'];
  const both = await Promise.all([at.run([...approve, '--state', url]), at.run(approve, { STAKES_STATE: url })]);
  expect(both.map(({ code }) => code).sort()).not.toEqual([0, 0]);
  expect(both.filter(({ code }) => code === 0)).toHaveLength(1);
  expect(await one).toBe(undefined);
  expect(await at.run([...approve, '--state', url])).toMatchObject({ code: 2, err: expect.stringContaining('waits') });
  const denied = await at.run(['approvals', 'deny', seven, '--as', 'bob', '--reason', 'twice', '--state', url]);
  expect(denied).toMatchObject({ code: 0, err: expect.stringContaining(`denied ${seven}`) });
  expect(await other).toContain('bob refused this call of `pay/refund`: twice');
  expect(at.ran('refund')).toEqual([5]);
  // The same call again asks again.
  const again = gate.call('refund', { amount: 5 });
  const [asked] = await waiting(at, url);
  expect(asked?.id).not.toBe(five);
  await at.run(['approvals', 'deny', asked?.id ?? '', '--state', url]);
  expect(await again).toContain('refused this call');
  // What was asked has left, with its arguments.
  expect(await say('KEYS', 'stakes:*:ask:*')).toBe('*0\r\n');
  await gate.end();
  const { out } = await at.run(['audit', 'query', 'far/stakes/audit', '--approver', 'ada', '-f', 'csv']);
  const [head = '', ...rows] = out.trim().split('\n');
  expect(rows).toHaveLength(1);
  const record = Object.fromEntries(head.split(',').map((name, i) => [name, rows[0]?.split(',')[i]]));
  expect(record).toMatchObject({ tool: 'pay/refund', approver: 'ada', channel: 'shared', outcome: 'ok' });
});

test('a call that somebody refused is given back, and does not use up its cap', async () => {
  const { url } = await redis();
  const at = place(capped({}, {}, { decision: 'ask', highStakes: ['irreversible'], maxCallsPerDay: 1 }));
  const gate = at.gate(url, { machine: 'far' });
  for (const action of ['deny', 'deny', 'approve']) {
    const call = gate.call('refund', { amount: 5 });
    const [asked] = await waiting(at, url);
    await at.run(['approvals', action, asked?.id ?? '', '--state', url]);
    expect((await call) === undefined).toBe(action === 'approve');
  }
  expect(await at.gate(url, { machine: 'near' }).call('refund', { amount: 5 })).toContain('its cap is 1');
});

test('an answer for other arguments, for another question or from nobody is none', async () => {
  const { url, say } = await redis();
  const at = place(asking());
  const gate = at.gate(url, { machine: 'far' });
  const call = gate.call('refund', { amount: 5 });
  await waiting(at, url);
  const [, nonce = ''] = /:ask:([0-9a-f]{32})/.exec(await say('KEYS', 'stakes:*:ask:*')) ?? [];
  const forged = { digest: `sha256:${'0'.repeat(64)}`, approve: true, by: 'eve', reason: null };
  await say('SET', `stakes:{desk}:answer:${nonce}`, JSON.stringify(forged));
  await until(async () => /not the arguments/.test(await say('GET', `stakes:{desk}:taken:${nonce}`)));
  await say('SET', `stakes:{desk}:answer:${'0'.repeat(32)}`, JSON.stringify(forged));
  for (const text of ['', '{}', '[1]', '{"approve":true}', 'x'.repeat(100_000)])
    await say('SET', `stakes:{desk}:ask:${'1'.repeat(32)}`, text);
  await say('ZADD', 'stakes:asks', '1', `desk ${'1'.repeat(32)}`);
  await say('ZADD', 'stakes:asks', '1', '../../x');
  const [asked] = await waiting(at, url);
  expect(at.ran('refund')).toEqual([]);
  await at.run(['approvals', 'approve', asked?.id ?? '', '--state', url]);
  expect(await call).toBe(undefined);
});

test('where Redis is gone nobody elsewhere can answer; a question is there again with it, and ends in its time', async () => {
  const server = await redis();
  const rules = asking();
  for (const agent of Object.values(rules.agents)) if (agent.approvals) agent.approvals.expiresSeconds = 20;
  const at = place(rules);
  const gate = at.gate(server.url, { machine: 'far' });
  const call = gate.call('refund', { amount: 5 });
  const late = gate.call('refund', { amount: 6 });
  await waiting(at, server.url, 2);
  await server.kill();
  const gone = await at.run(['approvals', '--state', server.url]);
  expect(gone).toMatchObject({ code: 2, err: expect.stringContaining('nothing listens there') });
  server.forget();
  await server.start();
  const calls = await waiting(at, server.url, 2);
  const five = calls.find((one) => JSON.stringify(one.arguments).includes('5'));
  expect(await at.run(['approvals', 'approve', five?.id ?? '', '--state', server.url])).toMatchObject({ code: 0 });
  expect(await call).toBe(undefined);
  expect(await late).toContain('nobody approved `pay/refund` in time');
  await waiting(at, server.url, 0);
});

test('the users of the page: one that asks and cannot answer, and one that answers and can do nothing else', async () => {
  const { url, say } = await redis();
  const page = readFileSync(join(import.meta.dirname, '../../docs/machines.md'), 'utf8');
  const lines = [...page.matchAll(/^ACL SETUSER (\w+) on >\S+ (.*)$/gm)];
  expect(lines.map(([, name]) => name)).toEqual(['gate', 'person']);
  for (const [, name = '', rules = ''] of lines)
    expect(await say('ACL', 'SETUSER', name, 'on', '>pw', ...rules.split(' '))).toContain('OK');
  const [asGate = '', asPerson = ''] = lines.map(([, user]) => url.replace('://', `://${user}:pw@`));
  const at = place(asking());
  const gate = at.gate(asGate, { machine: 'far' });
  const call = gate.call('refund', { amount: 5 });
  const [asked] = await waiting(at, asPerson);
  const approve = ['approvals', 'approve', asked?.id ?? '', '--state'];
  expect(await at.run([...approve, asGate])).toMatchObject({ code: 2, err: expect.stringContaining('may not') });
  expect(await at.run([...approve, asPerson])).toMatchObject({ code: 0 });
  expect(await call).toBe(undefined);
  expect(gate.said()).not.toContain('not checked');
  // What counts is out of the reach of whoever answers.
  const counting = await at.gate(asPerson, { machine: 'other' }).call('list');
  expect(counting?.replace(/\s+/g, ' ')).toContain('may not do what counting needs');
});
