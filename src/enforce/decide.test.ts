import { expect, test } from 'vitest';
import type { Usage } from './call.ts';
import { decide } from './decide.ts';
import { policyFixture } from './policy.fixture.ts';

const policy = policyFixture();
const unused: Usage = {
  callsLastMinute: 0,
  callsToday: 0,
  repeats: 0,
  toolUsdToday: 0,
  sessionSeconds: 0,
  subagentsStarted: 0,
};
const refund = { amount: 5000, charge: 'ch_12345678' };
const asked = (tool: string, used: Partial<Usage> = {}, args: unknown = undefined, agent = 'desk') =>
  decide(policy, { agent, tool, arguments: args }, { ...unused, ...used });

test('a call inside its grant is allowed, with what it costs', () => {
  expect(asked('pay/refund', {}, refund)).toEqual({
    decision: 'allow',
    rule: 'allowed',
    message: '`pay/refund` is allowed: the manifest allows it, although it cannot be undone',
    grant: 'pay/refund',
    usd: 50,
  });
});

test.each<[string, Partial<Usage>, unknown, string]>([
  [
    'mail/read',
    {},
    {},
    'unlisted-tool: `mail/read` is not granted to `desk`; it may call `pay/refund`, `pay/*`, `mail/send`, `Task`',
  ],
  [
    'pay/@resources',
    {},
    {},
    'unlisted-tool: `pay/@resources` is not granted to `desk`; it may call `pay/refund`, `pay/*`, `mail/send`, `Task`',
  ],
  ['pay/drop', {}, {}, 'denied: `pay/drop` is denied: the manifest denies it'],
  ['pay/refund', {}, { ...refund, amount: 5001 }, 'arguments: `pay/refund` is refused: `/amount` must be at most 5000'],
  [
    'pay/refund',
    { callsToday: 40 },
    refund,
    'calls-a-day: `pay/refund` has been called 40 times today, and its cap is 40; it opens again at midnight UTC',
  ],
  [
    'pay/refund',
    { toolUsdToday: 50.01 },
    refund,
    'tool-spend: tools may spend 100 US dollars a day, and 49.99 are left; `pay/refund` would spend more than that',
  ],
  ['mail/send', {}, {}, 'calls-a-day: `mail/send` has a cap of 0 calls a day'],
  [
    'Task',
    { subagentsStarted: 1 },
    {},
    'subagents: the session may start 1 subagent, and has; go on without another one',
  ],
  ['pay/x', { subagentsStarted: 1 }, {}, 'allowed: `pay/x` is allowed: the manifest allows it'],
  [
    'pay/x',
    { sessionSeconds: 1800 },
    {},
    'session-minutes: the session has lasted the 30 minutes it may; a new session may call `pay/x` again',
  ],
  [
    'pay/x',
    { callsLastMinute: 30 },
    {},
    'calls-a-minute: the session has made the 30 calls a minute it may; wait a minute and call `pay/x` again',
  ],
  [
    'pay/x',
    { repeats: 5 },
    {},
    'repeats: this very call of `pay/x` may be made 5 times a session; call it with other arguments, or not at all',
  ],
  ['pay/`x`\n', {}, {}, 'allowed: `pay/?x??` is allowed: the manifest allows it'],
])('%s after %j with %j: %s', (tool, used, args, expected) => {
  const { rule, message } = asked(tool, used, args);
  expect(`${rule}: ${message}`).toBe(expected);
});

test('a cap of n lets n calls through, and spend may reach its cap', () => {
  expect(asked('pay/refund', { callsToday: 39, toolUsdToday: 50 }, refund).rule).toBe('allowed');
  expect(asked('pay/x', { callsLastMinute: 29, repeats: 4, sessionSeconds: 1799 }).rule).toBe('allowed');
  const thrice = structuredClone(policy);
  thrice.agents.desk = {
    ...policy.agents.desk,
    limits: { ...policy.agents.desk?.limits, toolUsdPerDay: 0.3 },
  } as never;
  const call = { agent: 'desk', tool: 'pay/refund', arguments: { ...refund, amount: 10 } };
  expect(decide(thrice, call, { ...unused, toolUsdToday: 0.1 + 0.1 }).rule).toBe('allowed');
  expect(decide(thrice, call, { ...unused, toolUsdToday: 0.1 + 0.2 }).rule).toBe('tool-spend');
});

test("of a subagent's limits and its session's, the stricter holds", () => {
  const helper = (used: Partial<Usage>) => asked('pay/list', used, {}, 'helper').rule;
  expect(helper({ callsLastMinute: 2, repeats: 4 })).toBe('allowed');
  expect(helper({ callsLastMinute: 3 })).toBe('calls-a-minute');
  expect(helper({ repeats: 5 })).toBe('repeats');
  expect(helper({ sessionSeconds: 1800 })).toBe('session-minutes');
});

test.each([undefined, '10', -1, Number.NaN, Number.POSITIVE_INFINITY, 1e308])(
  'a cost by %s units is refused',
  (amount) => {
    const free = structuredClone(policy);
    const grant = free.agents.desk?.tools['pay/refund'];
    if (grant) Object.assign(grant, { arguments: null, cost: { argument: '/amount', usdPerUnit: 100 } });
    const verdict = decide(free, { agent: 'desk', tool: 'pay/refund', arguments: { amount } }, unused);
    expect(verdict.rule).toBe('arguments');
    expect(verdict.message).toContain('`/amount` must be a number');
  },
);

test('a session whose agent is not in the policy may call nothing', () => {
  const headless = { ...policy, root: 'nobody' };
  expect(decide(headless, { agent: 'desk', tool: 'pay/x', arguments: {} }, unused).rule).toBe('unlisted-agent');
});

test('no arguments are an empty object, and a decision that is none is a denial', () => {
  const changed = (grant: object) => {
    const other = structuredClone(policy);
    Object.assign(other.agents.desk?.tools['pay/refund'] ?? {}, grant);
    return decide(other, { agent: 'desk', tool: 'pay/refund', arguments: undefined }, unused).rule;
  };
  expect(changed({ arguments: { type: 'object' }, cost: null })).toBe('allowed');
  expect(changed({ arguments: { required: ['a'] }, cost: null })).toBe('arguments');
  expect(changed({ decision: 'perhaps' })).toBe('denied');
});
