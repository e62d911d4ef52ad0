import fc from 'fast-check';
import type { Call, State, Usage } from '../../src/enforce/call.ts';
import type { ArgumentSchema } from '../../src/model/manifest.ts';
import { agent, policy } from '../../src/model/policy.fixture.ts';
import type { AgentPolicy, Grant, LimitGrants, Policy } from '../../src/model/policy.ts';
import { anyValue, argumentSchemas } from './arguments.ts';

const caps = fc.constantFrom(null, null, null, null, 0, 1, 5, 30);

const limitGrants: fc.Arbitrary<LimitGrants> = fc.record(
  {
    usdPerDay: caps,
    usdPerSession: caps,
    toolUsdPerDay: caps,
    turnsPerSession: caps,
    tokensPerSession: caps,
    callsPerMinute: caps,
    repeatsPerCall: caps,
    delegationDepth: caps,
    subagentsPerSession: caps,
    concurrentSubagents: caps,
    sessionMinutes: caps,
  },
  { noNullPrototype: true },
);

const amounts: ArgumentSchema = {
  type: 'object',
  required: ['amount'],
  properties: { amount: { type: 'integer', maximum: 5 } },
};

const grants: fc.Arbitrary<Grant> = fc.record(
  {
    decision: fc.constantFrom('allow', 'ask', 'deny'),
    because: fc.constant('the manifest says so'),
    effect: fc.constant('write'),
    highStakes: fc.constant([]),
    bounded: fc.constant(false),
    egress: fc.constant('none'),
    data: fc.constant([]),
    arguments: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<(ArgumentSchema | null)[]>(null, { type: 'object' }, amounts) },
      { weight: 1, arbitrary: argumentSchemas },
    ),
    scopes: fc.constant([]),
    maxCallsPerDay: caps,
    cost: fc.constantFrom<Grant['cost'][]>(null, { usd: 0 }, { usd: 1.5 }, { argument: '/amount', usdPerUnit: 0.5 }),
    record: fc.constant([]),
  },
  { noNullPrototype: true },
);

export const TOOLS = ['files/read', 'files/*', 'files/@resources', 'mail/send', 'Agent', 'Task', 'toString'] as const;
const ASKED = [
  ...TOOLS,
  'files/other',
  'files/',
  'files/@prompts',
  'mail/*',
  'mail/other',
  '/',
  '',
  '__proto__',
  'constructor',
];

const agents = (id: string): fc.Arbitrary<AgentPolicy> =>
  fc
    .tuple(fc.dictionary(fc.constantFrom(...TOOLS), grants, { minKeys: 3, noNullPrototype: true }), limitGrants)
    .map(([tools, limits]) => agent(id, { tools, limits }));

export const policies: fc.Arbitrary<Policy> = fc
  .tuple(agents('root'), agents('sub'))
  .map(([root, sub]) => policy([root, sub]));

const args = fc.oneof(
  { weight: 6, arbitrary: fc.record({ amount: fc.constantFrom<unknown>(0, 1, 2, 5, 6, -1, '1', 0.5, 1e308) }) },
  { weight: 1, arbitrary: anyValue },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

export const calls: fc.Arbitrary<Call> = fc.record(
  {
    agent: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('root', 'root', 'sub') },
      { weight: 1, arbitrary: fc.constantFrom('stranger', '__proto__', 'toString') },
    ),
    tool: fc.constantFrom(...TOOLS, ...ASKED),
    arguments: args,
  },
  { noNullPrototype: true },
);

const used = fc.constantFrom(0, 0, 0, 0, 1, 2, 4, 29, 30, 100);
export const usages: fc.Arbitrary<Usage> = fc.record(
  {
    callsLastMinute: used,
    callsToday: used,
    repeats: used,
    toolUsdToday: fc.constantFrom(0, 0, 0.5, 1, 28.5, 30),
    sessionSeconds: fc.constantFrom(0, 0, 59, 60, 300, 1799, 1800),
    subagentsStarted: used,
  },
  { noNullPrototype: true },
);
export const states: fc.Arbitrary<State> = fc.oneof(
  { weight: 9, arbitrary: usages },
  { weight: 1, arbitrary: fc.constant('unreadable' as const) },
);
