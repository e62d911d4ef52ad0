import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../src/gate/ports.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { got, refusal, request, trial } from './gate.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asking = policy([agent('desk', { tools: { 'pay/refund': grant('ask') } })]);
const denying = policy([agent('desk', { tools: { 'pay/refund': grant('deny', { because: 'no more' }) } })]);
const yes: Answer = {
  approval: { answer: 'approved', by: 'ada', channel: 'inbox', waitedSeconds: 3, reason: null },
  says: '',
};
const call = (id: number) => request(id, 'tools/call', { name: 'refund', _meta: { progressToken: 'p' } });

function held() {
  let answer: (said: Answer) => void = () => undefined;
  let asked = 0;
  let late: (said: Answer) => void = () => undefined;
  let inForce = { policy: asking, digest: 'sha256:old' };
  const gate = trial({
    approve: ({ unused }) => {
      asked++;
      return new Promise((resolve) => ([answer, late] = [resolve, unused]));
    },
    inForce: () => inForce,
  });
  return {
    gate,
    questions: () => asked,
    unused: (said: Answer) => late(said),
    change: () => (inForce = { policy: denying, digest: 'sha256:new' }),
    async answered() {
      answer(yes);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test('a client hears that its call waits, until it is answered', async () => {
  const { gate, answered } = held();
  expect(gate.client(call(1))).toBeUndefined();
  vi.advanceTimersByTime(25_000);
  expect(gate.late.map((sent) => got(sent, 'client')?.method)).toEqual([
    'notifications/progress',
    'notifications/progress',
  ]);
  await answered();
  expect(got(gate.late.at(-1), 'server')).toMatchObject({ id: 1 });
  const sent = gate.late.length;
  vi.advanceTimersByTime(60_000);
  expect(gate.late).toHaveLength(sent);
});

test('a call that is cancelled while a person is asked goes nowhere, and nothing more is said of it', async () => {
  const { gate, answered } = held();
  gate.client(call(1));
  expect(gate.client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } })).toBeUndefined();
  vi.advanceTimersByTime(60_000);
  await answered();
  expect(gate.late).toEqual([]);
  expect(gate.intents).toMatchObject([{ decision: 'ask', approval: null }, { approval: { answer: 'approved' } }]);
  expect(gate.outcomes, 'what was said all the same is on record, and ran nothing').toMatchObject([
    { intent: 1, outcome: 'refused' },
  ]);
});

test('a policy that changed while a person was asked has the last word', async () => {
  const { gate, change, answered } = held();
  gate.client(call(1));
  change();
  await answered();
  expect(refusal(gate.late.at(-1))).toContain('no more');
  expect(gate.intents).toMatchObject([{ decision: 'ask', policy: 'sha256:old', approval: { answer: 'approved' } }]);
  expect(gate.outcomes, 'approved, and yet not run').toMatchObject([{ intent: 0, outcome: 'refused', settledUsd: 0 }]);
});

test('an answer to a call that was cancelled is on record, as one that ran nothing', () => {
  const { gate, unused } = held();
  gate.client(call(1));
  gate.client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  unused({ approval: { ...yes.approval, answer: 'expired', by: null }, says: '' });
  expect(gate.intents, 'that nobody answered is no news').toMatchObject([{ approval: null }]);
  unused(yes);
  expect(gate.intents).toMatchObject([
    { approval: null },
    { approval: { answer: 'approved', by: 'ada' }, reservedUsd: 0 },
  ]);
  expect(gate.outcomes).toMatchObject([{ intent: 1, outcome: 'refused', settledUsd: 0 }]);
});

test('the same id again while a person is asked is refused; after the answer it is a call of its own', async () => {
  const { gate, answered, questions } = held();
  gate.client(call(1));
  expect(refusal(gate.client(call(1)))).toContain('no answer yet');
  expect(questions()).toBe(1);
  await answered();
  gate.server({ jsonrpc: '2.0', id: 1, result: { content: [] } });
  expect(gate.client(call(1))).toBeUndefined();
  expect(questions(), 'what was approved ran, and asks again').toBe(2);
  expect(gate.late).toHaveLength(1);
});
