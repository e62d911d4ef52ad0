import type { AgentPolicy, Grant, Policy } from '../model/policy.ts';

export function grantFixture(changes: Partial<Grant> = {}): Grant {
  return {
    decision: 'allow',
    because: 'the manifest allows it',
    effect: 'read',
    highStakes: [],
    bounded: false,
    egress: 'none',
    data: [],
    arguments: null,
    scopes: [],
    maxCallsPerDay: null,
    cost: null,
    record: [],
    ...changes,
  };
}

export function agentFixture(
  id: string,
  tools: Record<string, Grant>,
  limits: Partial<AgentPolicy['limits']>,
): AgentPolicy {
  return {
    id,
    name: id,
    owner: null,
    environment: 'production',
    concern: 'security',
    attended: true,
    tools,
    servers: {},
    models: [],
    network: { egress: 'none', allowedHosts: [] },
    filesystem: { read: null, write: null },
    credentials: {},
    limits: {
      usdPerDay: null,
      usdPerSession: null,
      toolUsdPerDay: null,
      turnsPerSession: null,
      tokensPerSession: null,
      callsPerMinute: null,
      repeatsPerCall: null,
      delegationDepth: null,
      subagentsPerSession: null,
      concurrentSubagents: null,
      sessionMinutes: null,
      ...limits,
    },
    approvals: null,
    subagents: {},
  };
}

/** A desk that pays refunds, and a helper of its own. */
export function policyFixture(): Policy {
  const refund = grantFixture({
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
    'pay/*': grantFixture(),
    'pay/drop': grantFixture({ decision: 'deny', because: 'the manifest denies it' }),
    'mail/send': grantFixture({ decision: 'ask', because: 'mail cannot be recalled', maxCallsPerDay: 0 }),
    Task: grantFixture(),
  };
  const limits = {
    toolUsdPerDay: 100,
    callsPerMinute: 30,
    repeatsPerCall: 5,
    subagentsPerSession: 1,
    sessionMinutes: 30,
  };
  return {
    schema: 'stakes/policy@1',
    root: 'desk',
    tier: 'full',
    floor: 'full',
    stage: 'none',
    digest: `sha256:${'0'.repeat(64)}`,
    controls: [],
    audit: 'signed',
    tokenTtlSeconds: 60,
    protectedPaths: [],
    notes: [],
    agents: {
      desk: { ...agentFixture('desk', tools, limits), subagents: { helper: 'helper' } },
      helper: agentFixture('helper', { 'pay/list': grantFixture() }, { callsPerMinute: 3, repeatsPerCall: 50 }),
    },
  };
}
