import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openApprovals } from '../../src/gate/approve/approvals.ts';
import type { Channel } from '../../src/gate/approve/define.ts';
import { channel } from '../../src/gate/approve/shared/channel.ts';
import { INDEX, MOST_ASKED, namedIn, readAnswer, readAsked } from '../../src/gate/approve/shared/messages.ts';
import { agent, grant } from '../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../src/model/policy.ts';
import { asked, caller, paper } from './approve.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What of Redis is used, and no more: keys with an end, and one sorted list. */
function store() {
  const [keys, index] = [new Map<string, string>(), new Set<string>()];
  const state = {
    shown: 'redis://r',
    isGone: false,
    async command(...[name, ...args]: string[]): Promise<unknown> {
      if (state.isGone) throw new Error('nothing listens there');
      const [key = '', value = ''] = args;
      if (name === 'SET') {
        if (args.includes('NX') && keys.has(key)) return null;
        keys.set(key, value);
        return 'OK';
      }
      if (name === 'MGET') return args.map((one) => keys.get(one) ?? null);
      if (name === 'DEL') return Number(keys.delete(key));
      if (name === 'ZADD') return index.add(args[2] ?? '').size;
      if (name === 'ZREM') return index.delete(value);
      return 0;
    },
  };
  const only = (kind: string) => [...keys].find(([key]) => key.includes(`:${kind}:`));
  return { state, keys, index, only };
}

const APPROVALS: ApprovalPolicy = {
  approvers: ['ada'],
  channel: 'inbox',
  expiresSeconds: 60,
  singleUse: true,
  boundToArguments: true,
};

async function gate(named = 'inbox', hasRedis = true) {
  const redis = store();
  const inbox = paper();
  const told: string[] = [];
  const post = paper();
  const kinds: Channel[] = [
    { id: 'inbox', suits: () => true, open: async () => inbox },
    { id: 'post', suits: () => true, open: async () => post },
    channel,
  ];
  const shared = hasRedis ? { root: 'desk', state: redis.state } : undefined;
  const approvals = await openApprovals(
    { inboxes: '', webhook: undefined, shared, now: Date.now, tell: (text) => told.push(text) },
    kinds,
  );
  const policy = agent('desk', {
    tools: { 'pay/refund': grant('ask', { because: 'money leaves' }) },
    approvals: { ...APPROVALS, channel: named },
  });
  const ask = (amount: number, more = {}) => approvals.approve({ ...caller(amount, more).asking, agent: () => policy });
  return { ...redis, inbox, post, told, ask, approvals };
}

const nonceOf = (key = '') => key.slice(-32);
const say = async (at: Awaited<ReturnType<typeof gate>>, nonce: string, more: object = {}) => {
  const said = { digest: asked(5).digest, approve: true, by: 'bob', reason: null, ...more };
  at.keys.set(`stakes:{desk}:answer:${nonce}`, JSON.stringify(said));
  await vi.advanceTimersByTimeAsync(600);
};

test('what asks in the inbox asks there, too, and leaves nothing once it is answered', async () => {
  const at = await gate();
  const answer = at.ask(5);
  await vi.advanceTimersByTimeAsync(0);
  const [key, text] = at.only('ask') ?? [];
  expect(readAsked(text)).toMatchObject({ tool: 'pay/refund', arguments: { amount: 5 }, because: 'money leaves' });
  expect([...at.index]).toEqual([`desk ${nonceOf(key)}`]);
  expect(at.inbox.open()).toHaveLength(1);
  await say(at, nonceOf(key));
  expect(await answer).toMatchObject({ approval: { answer: 'approved', by: 'bob', channel: 'shared' } });
  expect([at.only('ask'), at.index.size, at.inbox.open()]).toEqual([undefined, 0, []]);
  expect(at.only('taken')?.[1]).toContain('"ok":true');
  at.approvals.close();
});

test('answered here, it is gone there; and a second answer is told that it waits no longer', async () => {
  const at = await gate();
  const answer = at.ask(5);
  await vi.advanceTimersByTimeAsync(0);
  at.inbox.open()[0]?.answer({ approve: false, by: 'ada', reason: null });
  expect((await answer).approval).toMatchObject({ answer: 'denied', by: 'ada', channel: 'inbox' });
  await vi.advanceTimersByTimeAsync(600);
  expect([at.only('ask'), at.index.size]).toEqual([undefined, 0]);
});

test('an answer for other arguments or by nobody is none, and leaves room for a right one', async () => {
  const at = await gate();
  const answer = at.ask(5);
  await vi.advanceTimersByTimeAsync(0);
  const nonce = nonceOf(at.only('ask')?.[0]);
  for (const wrong of [{ digest: 'sha256:6' }, { by: '' }, { approve: 'yes' }, { by: 'x'.repeat(300) }]) {
    await say(at, nonce, wrong);
    expect(at.only('taken')?.[1]).toContain('not the arguments that were shown');
    expect(at.only('answer')).toBe(undefined);
  }
  await say(at, nonce, { approve: false, reason: 'no' });
  expect(await answer).toMatchObject({
    approval: { answer: 'denied', reason: 'no' },
    says: expect.stringContaining('bob'),
  });
  at.approvals.close();
});

test('a policy that names another channel alone is not asked about there, and no Redis is no channel', async () => {
  const alone = await gate('inbox', false);
  const elsewhere = await gate('post');
  for (const at of [alone, elsewhere]) {
    void at.ask(5);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(at.only('ask')).toBe(undefined);
  }
  expect([alone.inbox, elsewhere.inbox, elsewhere.post].map((one) => one.open().length)).toEqual([1, 0, 1]);
});

test('what is too long is answered on the machine of its gate, and that is told', async () => {
  const at = await gate();
  void at.ask(5, { arguments: { text: 'x'.repeat(MOST_ASKED) } });
  await vi.advanceTimersByTimeAsync(0);
  expect([at.inbox.open().length, at.only('ask')]).toEqual([1, undefined]);
  expect(at.told.join()).toContain('is too long for redis://r');
});

test('while it is gone nothing is answered there; afterwards the question is put anew, or taken out', async () => {
  const at = await gate();
  at.state.isGone = true;
  const [first, second] = [at.ask(5), at.ask(6)];
  await vi.advanceTimersByTimeAsync(2_000);
  expect(at.told.filter((text) => text.includes('nobody elsewhere can answer'))).toHaveLength(1);
  at.state.isGone = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(at.index.size).toBe(2);
  at.state.isGone = true;
  for (const question of at.inbox.open()) question.answer({ approve: true, by: 'ada', reason: null });
  await Promise.all([first, second]);
  await vi.advanceTimersByTimeAsync(2_000);
  at.state.isGone = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect([at.index.size, at.only('ask')]).toEqual([0, undefined]);
});

test('what lies in Redis is read as what a stranger wrote', () => {
  for (const text of [undefined, null, '', '{}', '[]', '1', '{"id":1}', JSON.stringify({ since: 1e300 })])
    expect([readAsked(text), readAnswer(text)]).toEqual([undefined, undefined]);
  for (const member of ['', 'desk', '../x 00000000000000000000000000000000', `desk ${'g'.repeat(32)}`, 7])
    expect(namedIn(member)).toBe(undefined);
  expect(namedIn(`desk ${'0'.repeat(32)}`)).toEqual({ root: 'desk', nonce: '0'.repeat(32) });
  expect(INDEX.startsWith('stakes:')).toBe(true);
});
