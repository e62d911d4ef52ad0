import { setImmediate as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serverGone } from '../../src/gate/from-server.ts';
import type { Decision } from '../../src/gate/ports.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { call, got, refusal, request, result, type Trial, trial } from './gate.fixture.ts';

const rules = policy([
  agent('desk', {
    tools: { 'pay/list': grant('allow'), 'pay/@sampling': grant('allow'), 'pay/@elicitation': grant('ask') },
  }),
]);
const cancelled = (id: number) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });

/** A gate whose counts are elsewhere: each decision comes when the test says so. */
function elsewhere(more: Parameters<typeof trial>[0] = {}) {
  const waiting: ((decision: Decision) => void)[] = [];
  let [released, settled] = [0, 0];
  const ledger = {
    decide: () => new Promise<Decision>((done) => void waiting.push(done)),
    close: () => undefined,
  };
  const gate = trial({ ledger, ...more }, rules);
  const verdict = { decision: 'allow', rule: 'allowed', message: 'fine', grant: 'pay/list', usd: 1 } as const;
  return {
    gate,
    waiting: () => waiting.length,
    released: () => released,
    settled: () => settled,
    async allow(which = 0) {
      waiting[which]?.({
        verdict,
        reservation: { usd: 1, settle: () => void settled++, release: () => void released++ },
      });
      await later();
    },
    async deny(which = 0) {
      waiting[which]?.({ verdict: { ...verdict, decision: 'deny', rule: 'state', message: 'no counts' } });
      await later();
    },
  };
}

const last = ({ late }: Trial) => late.at(-1);

test('a call goes on once it is counted, in whatever order that comes, and not before it is on record', async () => {
  const { gate, allow, deny, settled } = elsewhere();
  expect(gate.client(call(1, 'list', { a: 1 }))).toBeUndefined();
  expect(gate.client(call(2, 'list', { a: 2 }))).toBeUndefined();
  expect(gate.client(call(3, 'list', { a: 3 }))).toBeUndefined();
  expect(refusal(gate.client(call(1, 'list')))).toContain('this id is of a request that has no answer yet');
  expect([gate.late, gate.intents]).toEqual([[], []]);
  await allow(1);
  expect(got(last(gate), 'server')).toMatchObject({ id: 2 });
  expect(gate.intents).toMatchObject([{ decision: 'allow', reservedUsd: 1 }]);
  await deny(0);
  expect(refusal(last(gate))).toBe('no counts');
  expect(gate.intents[1]).toMatchObject({ decision: 'deny', rule: 'state' });
  await allow(2);
  expect(got(last(gate), 'server')).toMatchObject({ id: 3 });
  expect(got(gate.server(result(2, { content: [] })), 'client')).toMatchObject({ id: 2 });
  expect(settled()).toBe(1);
});

test('a call that is cancelled while it is counted goes nowhere, is given back, and is on record as not run', async () => {
  const { gate, allow, released } = elsewhere();
  gate.client(call(1, 'list'));
  expect(gate.client(cancelled(1))).toBeUndefined();
  await allow();
  expect(gate.late).toEqual([]);
  expect(released()).toBe(1);
  expect(gate.outcomes).toMatchObject([{ outcome: 'refused', settledUsd: 0 }]);
});

test('a server that ends while a call is counted: the client is told, and the call is given back', async () => {
  const { gate, allow, deny, released } = elsewhere();
  gate.client(call(1, 'list'));
  gate.client(call(2, 'list', { a: 2 }));
  serverGone(gate.session);
  expect(gate.late.map(refusal)).toEqual(['the server has ended', 'the server has ended']);
  await allow(0);
  await deny(1);
  expect([gate.late.length, released(), gate.intents.length]).toEqual([2, 1, 2]);
});

test('a call that cannot be recorded is refused, and given back', async () => {
  const log = {
    intent: () => {
      throw new Error('the disk is full');
    },
    outcome: () => undefined,
    together: (step: () => void) => step(),
  };
  const { gate, allow, released } = elsewhere({ log });
  gate.client(call(1, 'list'));
  await allow();
  expect(refusal(last(gate))).toContain('it cannot be recorded');
  expect(released()).toBe(1);
});

test('a question of the server is counted before it reaches the client, and not after the server took it back', async () => {
  const { gate, allow, deny, released } = elsewhere();
  const asking = (id: number) => request(id, 'sampling/createMessage', { messages: [] });
  expect(gate.server(asking(1))).toBeUndefined();
  expect(gate.server(asking(2))).toBeUndefined();
  expect(gate.server(asking(3))).toBeUndefined();
  await allow(0);
  expect(got(last(gate), 'client')).toMatchObject({ id: 1, method: 'sampling/createMessage' });
  expect(got(gate.client(result(1, {})), 'server')).toMatchObject({ id: 1 });
  await deny(1);
  expect(got(last(gate), 'server')).toMatchObject({ id: 2, error: { message: 'no counts' } });
  gate.server(cancelled(3));
  const sent = gate.late.length;
  await allow(2);
  expect([gate.late.length, released()]).toEqual([sent, 1]);
});

test('what a server asks for in its answer is counted first, one after the other, and none after one that is refused', async () => {
  const { gate, allow, deny, waiting, settled } = elsewhere();
  const inputRequests = {
    a: { method: 'sampling/createMessage', params: { a: 1 } },
    b: { method: 'elicitation/create', params: { b: 1 } },
  };
  gate.client(call(1, 'list'));
  await allow(0);
  expect(gate.server(result(1, { resultType: 'input_required', inputRequests }))).toBeUndefined();
  expect(waiting()).toBe(2);
  await allow(1);
  expect(waiting()).toBe(3);
  await allow(2);
  expect(got(last(gate), 'client')).toMatchObject({ id: 1, result: { inputRequests } });
  expect(settled()).toBe(3);
  gate.client(call(2, 'list', { a: 2 }));
  await allow(3);
  gate.server(result(2, { resultType: 'input_required', inputRequests }));
  await deny(4);
  expect(waiting()).toBe(5);
  expect(refusal(last(gate))).toContain('the server asks for `sampling/createMessage`: no counts');
});

test('in shadow mode a call that cannot be counted runs, and is on record as one that would not have', async () => {
  const { gate, deny } = elsewhere({ mode: 'shadow' });
  gate.client(call(1, 'list'));
  await deny();
  expect(got(last(gate), 'server')).toMatchObject({ id: 1 });
  expect(gate.intents).toMatchObject([{ decision: 'deny', mode: 'shadow' }]);
});
