import { agent, grant, policy } from '../model/policy.fixture.ts';
import type { Policy } from '../model/policy.ts';

/** A desk that pays refunds, and a helper of its own. */
export function policyFixture(): Policy {
  const refund = grant('allow', {
    effect: 'write',
    because: 'the manifest allows it, although it cannot be undone',
    highStakes: ['cannot be undone'],
    bounded: true,
    arguments: {
      type: 'object',
      required: ['amount', 'charge'],
      additionalProperties: false,
      properties: {
        amount: { type: 'integer', minimum: 1, maximum: 5000 },
        charge: { type: 'string', pattern: '^ch_[A-Za-z0-9]{8,24}$' },
        reason: { enum: ['duplicate', 'fraudulent', 'requested_by_customer'] },
        note: { type: 'string', maxLength: 200 },
        notify: { type: 'boolean' },
      },
    },
    maxCallsPerDay: 40,
    cost: { argument: '/amount', usdPerUnit: 0.01 },
  });
  const tools = {
    'pay/refund': refund,
    'pay/*': grant('allow', { because: 'the manifest allows it' }),
    'pay/drop': grant('deny', { because: 'the manifest denies it' }),
    'mail/send': grant('ask', { because: 'mail cannot be recalled', maxCallsPerDay: 0 }),
    Task: grant('allow'),
  };
  const limits = {
    toolUsdPerDay: 100,
    callsPerMinute: 30,
    repeatsPerCall: 5,
    subagentsPerSession: 1,
    sessionMinutes: 30,
  };
  return policy([
    agent('desk', { tools, limits, subagents: { helper: 'helper' } }),
    agent('helper', { tools: { 'pay/list': grant('allow') }, limits: { callsPerMinute: 3, repeatsPerCall: 50 } }),
  ]);
}
