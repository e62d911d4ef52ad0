import {
  type AgentPolicy,
  type Grant,
  type LimitGrants,
  POLICY_SCHEMA,
  type Policy,
  type ServerGrant,
} from './policy.ts';

const NO_LIMITS: LimitGrants = {
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
};

export function grant(decision: Grant['decision'], more: Partial<Grant> = {}): Grant {
  return {
    decision,
    because: 'hand-made',
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
    ...more,
  };
}

export function server(command: string, args: string[] = [], more: Partial<ServerGrant> = {}): ServerGrant {
  return {
    transport: 'stdio',
    command,
    args,
    url: null,
    env: {},
    headers: {},
    cwd: null,
    allowedHosts: [],
    read: [],
    write: [],
    pin: null,
    ...more,
  };
}

type Agent = Partial<Omit<AgentPolicy, 'limits'>> & { limits?: Partial<LimitGrants> };

export function agent(id: string, more: Agent = {}): AgentPolicy {
  const { limits, ...rest } = more;
  return {
    id,
    name: id,
    owner: null,
    environment: 'production',
    concern: 'security',
    attended: false,
    tools: {},
    servers: {},
    models: [],
    network: { egress: 'none', allowedHosts: [] },
    filesystem: { read: [], write: [] },
    credentials: {},
    approvals: null,
    subagents: {},
    ...rest,
    limits: { ...NO_LIMITS, ...limits },
  };
}

/** A policy of these agents; the first is the root. */
export function policy(agents: AgentPolicy[], more: Partial<Policy> = {}): Policy {
  return {
    schema: POLICY_SCHEMA,
    root: agents[0]?.id ?? 'none',
    tier: 'medium-plus',
    floor: 'medium-plus',
    stage: 'none',
    digest: `sha256:${'0'.repeat(64)}`,
    controls: [],
    audit: 'none',
    tokenTtlSeconds: 900,
    protectedPaths: [],
    notes: [],
    agents: Object.fromEntries(agents.map((one) => [one.id, one])),
    ...more,
  };
}
