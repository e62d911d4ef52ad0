import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endingOf } from '../../src/gate/approve/define.ts';
import { openDesk } from '../../src/gate/approve/desk.ts';
import { caller, no, paper, terms, yes } from './approve.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function newDesk() {
  const channel = paper();
  const desk = openDesk({ channels: new Map([['paper', channel]]), now: Date.now, waits: () => undefined });
  return {
    desk,
    channel,
    ask: (of: ReturnType<typeof caller>, seconds = 900) => desk.ask(of.asking, terms({ seconds })),
  };
}

test('an answer says who gave it, by which channel and after how long', async () => {
  const { channel, ask } = newDesk();
  const answer = ask(caller(1));
  vi.advanceTimersByTime(42_000);
  const [question] = channel.asked;
  expect(question?.call).toMatchObject({ tool: 'pay/refund', arguments: { amount: 1 }, because: 'money leaves' });
  expect(question?.answer({ ...yes, reason: 'checked' })).toBeUndefined();
  expect((await answer).approval).toEqual({
    answer: 'approved',
    by: 'ada',
    channel: 'paper',
    waitedSeconds: 42,
    reason: 'checked',
  });
});

test('an approval is used once', async () => {
  const { channel, ask } = newDesk();
  const first = ask(caller(1));
  const [question] = channel.asked;
  expect(question?.answer(yes)).toBeUndefined();
  expect((await first).approval.answer).toBe('approved');
  expect(question?.answer({ ...yes, by: 'bob' }), 'a second approver, or a replay').toContain('waits no longer');
  void ask(caller(1));
  expect(channel.open(), 'the same call again is a new question').toHaveLength(1);
});

test('two of the same calls at once need two answers', async () => {
  const { channel, ask } = newDesk();
  const both = [ask(caller(1)), ask(caller(1))];
  channel.asked[0]?.answer(yes);
  expect(channel.open()).toHaveLength(1);
  vi.advanceTimersByTime(901_000);
  const answers = await Promise.all(both);
  expect(answers.map(({ approval }) => approval.answer).sort()).toEqual(['approved', 'expired']);
});

test('nobody answers: refused, with the time that it waited, and an answer after that is worth nothing', async () => {
  const { channel, ask } = newDesk();
  const answer = ask(caller(1), 60);
  vi.advanceTimersByTime(60_000);
  expect(await answer).toMatchObject({
    approval: { answer: 'expired', by: null, channel: 'paper', waitedSeconds: 60 },
  });
  expect(channel.open()).toEqual([]);
  expect(channel.asked[0]?.answer(yes)).toContain('waits no longer');
});

test('a month is longer than a timer can count, and is not over at once', () => {
  const { channel, ask } = newDesk();
  void ask(caller(1), 60 * 24 * 3600);
  vi.advanceTimersByTime(3600_000);
  expect(channel.open()).toHaveLength(1);
});

test('a refusal gives the model its reason', async () => {
  const { channel, ask } = newDesk();
  const answer = ask(caller(1));
  channel.asked[0]?.answer(no);
  expect((await answer).says).toBe('ada refused this call of `pay/refund`: twice the price');
});

test('a client that gave up and calls again finds the question where it left it', async () => {
  const { channel, ask } = newDesk();
  const first = caller(1);
  void ask(first);
  first.leave();
  const again = ask(caller(1));
  expect(channel.asked).toHaveLength(1);
  channel.asked[0]?.answer(yes);
  expect((await again).approval.answer).toBe('approved');
  expect(first.unused).toEqual([]);
});

test('an answer that came too late for the first try is there for the second, once and not for ever', async () => {
  const { channel, ask } = newDesk();
  const first = caller(1);
  void ask(first);
  first.leave();
  channel.asked[0]?.answer(yes);
  expect(channel.open(), 'it is shown to nobody any more').toEqual([]);
  expect((await ask(caller(1))).approval.answer).toBe('approved');
  void ask(caller(1));
  expect(channel.open()).toHaveLength(1);
});

test('an approval that no call has used is told, when its time is over', () => {
  const { channel, ask, desk } = newDesk();
  const [first, second, third] = [caller(1), caller(2), caller(3)];
  for (const one of [first, second, third]) {
    void ask(one, 60);
    one.leave();
  }
  channel.asked[0]?.answer(yes);
  channel.asked[1]?.answer(no);
  expect(first.unused).toEqual([]);
  vi.advanceTimersByTime(61_000);
  expect(first.unused).toMatchObject([{ approval: { answer: 'approved', by: 'ada', waitedSeconds: 0 } }]);
  expect(second.unused).toMatchObject([{ approval: { answer: 'denied', reason: 'twice the price' } }]);
  expect(third.unused).toMatchObject([{ approval: { answer: 'expired' } }]);
  void ask(caller(1));
  expect(channel.open(), 'its time is over').toHaveLength(1);
  desk.close();
});

test('a gate that ends tells what nobody used', () => {
  const { channel, ask, desk } = newDesk();
  const first = caller(1);
  void ask(first);
  first.leave();
  channel.asked[0]?.answer(yes);
  desk.close();
  expect(first.unused).toMatchObject([{ approval: { answer: 'approved' } }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('another amount, tool or agent finds nothing of it', () => {
  const { channel, ask } = newDesk();
  const first = caller(1);
  void ask(first);
  first.leave();
  channel.asked[0]?.answer(yes);
  for (const other of [caller(2), caller(1, { tool: 'pay/drop' }), caller(1, { agent: 'helper' })]) void ask(other);
  expect(channel.open()).toHaveLength(3);
});

test('too many questions at once are refused', async () => {
  const { ask } = newDesk();
  for (let i = 0; i < 100; i++) void ask(caller(i));
  await expect(ask(caller(101))).rejects.toThrow('wait for a person already');
});

test('arguments that nobody can read are put before nobody', async () => {
  const { channel, ask } = newDesk();
  await expect(ask(caller(1, { arguments: { note: 'x'.repeat(1024 * 1024) } }))).rejects.toThrow('too long');
  expect(channel.asked).toEqual([]);
});

function twoChannels() {
  const [one, other] = [paper(), paper()];
  const told: string[] = [];
  const channels = new Map([
    ['one', one],
    ['other', other],
    ['mute', paper(false)],
  ]);
  const desk = openDesk({ channels, now: Date.now, waits: (_, ids) => told.push(ids.join(' and ')) });
  return { desk, one, other, told };
}

test('two channels ask at once: the first answer counts, and the other is told who gave it', async () => {
  const { desk, one, other, told } = twoChannels();
  const answer = desk.ask(caller(1).asking, terms({ channels: ['one', 'other'] }));
  expect(told).toEqual(['one and other']);
  expect(other.asked[0]?.answer(no)).toBeUndefined();
  expect(one.asked[0]?.answer(yes), 'in the same moment').toContain('waits no longer');
  expect((await answer).approval).toMatchObject({ answer: 'denied', channel: 'other' });
  const [question] = one.asked;
  expect(question && endingOf(question.over)).toMatchObject({ answer: 'denied', by: 'ada', channel: 'other' });
});

test('where no channel of the policy can ask, the default one does; where none can, nobody is asked', async () => {
  const { desk, one } = twoChannels();
  void desk.ask(caller(1).asking, terms({ channels: ['mute', 'unheard-of'], otherwise: ['one'] }));
  expect(one.open()).toHaveLength(1);
  const nobody = desk.ask(caller(2).asking, terms({ channels: ['mute'], otherwise: ['mute'] }));
  await expect(nobody).rejects.toThrow('no channel of this gate can ask');
});

test('a channel that fails is out; with the last one the call is refused', async () => {
  const { desk, one, other } = twoChannels();
  const answer = desk.ask(caller(1).asking, terms({ channels: ['one', 'other'] }));
  one.asked[0]?.lost('the webhook cannot be reached');
  expect(other.open()).toHaveLength(1);
  other.asked[0]?.lost('closed without an answer');
  const { approval, says } = await answer;
  expect(approval).toMatchObject({ answer: 'denied', by: null, channel: 'one, other' });
  expect(approval.reason).toBe('the webhook cannot be reached; closed without an answer');
  expect(says).toContain("needs a person's approval: the webhook cannot be reached; closed without");
});
