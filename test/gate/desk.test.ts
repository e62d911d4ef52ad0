import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDesk } from '../../src/gate/approve/desk.ts';
import type { Asked } from '../../src/gate/ports.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asked = (amount: number): Asked => ({
  agent: 'desk',
  tool: 'pay/refund',
  arguments: { amount },
  digest: `sha256:${amount}`,
});
const never = new AbortController().signal;

function newDesk() {
  return openDesk({ channel: 'inbox', now: Date.now, changed: () => undefined });
}

function yes(id: string, digest: string) {
  return { id, digest, approve: true, by: 'ada', reason: null };
}

test('an answer says who gave it, by which channel and after how long', async () => {
  const desk = newDesk();
  const answer = desk.ask(asked(1), 'money leaves', 900, never);
  vi.advanceTimersByTime(42_000);
  const [waiting] = desk.waiting();
  expect(waiting).toMatchObject({ tool: 'pay/refund', arguments: { amount: 1 }, because: 'money leaves' });
  expect(desk.reply({ ...yes(waiting?.id ?? '', 'sha256:1'), reason: 'checked' })).toBeUndefined();
  expect((await answer).approval).toEqual({
    answer: 'approved',
    by: 'ada',
    channel: 'inbox',
    waitedSeconds: 42,
    reason: 'checked',
  });
});

test('an approval is for the arguments that were shown', () => {
  const desk = newDesk();
  void desk.ask(asked(1), '', 900, never);
  const [waiting] = desk.waiting();
  expect(desk.reply(yes(waiting?.id ?? '', 'sha256:2'))).toContain('not the arguments');
  expect(desk.waiting()).toHaveLength(1);
});

test('an approval is used once', async () => {
  const desk = newDesk();
  const first = desk.ask(asked(1), '', 900, never);
  const [waiting] = desk.waiting();
  const id = waiting?.id ?? '';
  expect(desk.reply(yes(id, 'sha256:1'))).toBeUndefined();
  expect((await first).approval.answer).toBe('approved');
  expect(desk.reply(yes(id, 'sha256:1')), 'a second approver, or a replay').toContain('waits no longer');
  void desk.ask(asked(1), '', 900, never);
  expect(desk.waiting(), 'the same call again is a new question').toHaveLength(1);
});

test('two of the same calls at once need two answers', async () => {
  const desk = newDesk();
  const both = [desk.ask(asked(1), '', 900, never), desk.ask(asked(1), '', 900, never)];
  const [one] = desk.waiting();
  desk.reply(yes(one?.id ?? '', 'sha256:1'));
  expect(desk.waiting()).toHaveLength(1);
  vi.advanceTimersByTime(901_000);
  const answers = await Promise.all(both);
  expect(answers.map(({ approval }) => approval.answer).sort()).toEqual(['approved', 'expired']);
});

test('nobody answers: refused, with the time that it waited', async () => {
  const desk = newDesk();
  const answer = desk.ask(asked(1), '', 60, never);
  vi.advanceTimersByTime(60_000);
  expect(await answer).toMatchObject({ approval: { answer: 'expired', by: null, waitedSeconds: 60 } });
  expect(desk.waiting()).toEqual([]);
});

test('a refusal gives the model its reason', async () => {
  const desk = newDesk();
  const answer = desk.ask(asked(1), '', 60, never);
  const [waiting] = desk.waiting();
  desk.reply({ ...yes(waiting?.id ?? '', 'sha256:1'), approve: false, reason: 'twice the price' });
  expect((await answer).says).toBe('ada refused this call of `pay/refund`: twice the price');
});

test('a client that gave up and calls again finds the question where it left it', async () => {
  const desk = newDesk();
  const first = new AbortController();
  void desk.ask(asked(1), '', 900, first.signal);
  const [before] = desk.waiting();
  first.abort();
  const again = desk.ask(asked(1), '', 900, never);
  expect(desk.waiting().map(({ id }) => id)).toEqual([before?.id]);
  desk.reply(yes(before?.id ?? '', 'sha256:1'));
  expect((await again).approval.answer).toBe('approved');
});

test('an answer that came too late for the first try is there for the second, once and not for ever', async () => {
  const desk = newDesk();
  const first = new AbortController();
  void desk.ask(asked(1), '', 900, first.signal);
  const [waiting] = desk.waiting();
  first.abort();
  desk.reply(yes(waiting?.id ?? '', 'sha256:1'));
  expect((await desk.ask(asked(1), '', 900, never)).approval.answer).toBe('approved');
  void desk.ask(asked(1), '', 900, never);
  expect(desk.waiting()).toHaveLength(1);

  const late = newDesk();
  const other = new AbortController();
  void late.ask(asked(1), '', 60, other.signal);
  const [left] = late.waiting();
  other.abort();
  late.reply(yes(left?.id ?? '', 'sha256:1'));
  vi.advanceTimersByTime(61_000);
  void late.ask(asked(1), '', 900, never);
  expect(late.waiting(), 'its time is over').toHaveLength(1);
});

test('another amount, tool or agent finds nothing of it', () => {
  const desk = newDesk();
  const first = new AbortController();
  void desk.ask(asked(1), '', 900, first.signal);
  const [waiting] = desk.waiting();
  first.abort();
  desk.reply(yes(waiting?.id ?? '', 'sha256:1'));
  for (const other of [asked(2), { ...asked(1), tool: 'pay/drop' }, { ...asked(1), agent: 'helper' }])
    void desk.ask(other, '', 900, never);
  expect(desk.waiting()).toHaveLength(3);
});

test('too many questions at once are refused', async () => {
  const desk = newDesk();
  for (let i = 0; i < 100; i++) void desk.ask(asked(i), '', 900, never);
  await expect(desk.ask(asked(101), '', 900, never)).rejects.toThrow('wait for a person already');
});
