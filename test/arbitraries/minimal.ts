import fc from 'fast-check';
import type { DeclarableControl } from '../../src/model/controls.ts';
import type { Limits, Manifest, McpServer, ToolFacts } from '../../src/model/manifest.ts';
import { TIERS, type Tier } from '../../src/model/tiers.ts';
import { CONCERNS, INITIATIONS } from '../../src/model/vocabulary.ts';

/** The least that is right for an agent of this tier: what its facts call for, and nothing else. */
export interface Minimal {
  tier: Tier;
  manifest: Manifest;
}

const SERVERS = ['shop', 'wiki', 'ledger'] as const;
const READS = ['list', 'get', 'search'] as const;
const WRITES = ['draft', 'edit'] as const;
const STARTS: readonly McpServer[] = [
  { command: 'npx', args: ['-y', 'tools-mcp@1.0.0'] },
  { command: 'uvx', args: ['tools-mcp==2.1.0'] },
  { command: 'docker', args: ['run', '-i', '--rm', 'example/tools:1.2.3'] },
  { url: 'https://tools.example.com/mcp' },
  { command: './tools-mcp' },
];
const CLASSES = {
  light: ['public'],
  medium: ['internal', 'confidential'],
  'medium-plus': ['public', 'internal', 'confidential', 'regulated'],
  full: ['public', 'internal', 'confidential'],
} as const satisfies Record<Tier, readonly string[]>;
const DECLARED: Record<Tier, readonly DeclarableControl[]> = {
  light: ['sandbox'],
  medium: ['sandbox', 'audit-log'],
  'medium-plus': ['sandbox', 'audit-log', 'deny-by-default'],
  full: ['sandbox', 'audit-log', 'deny-by-default', 'signed-audit'],
};

const choices = (tier: Tier) =>
  fc.record({
    server: fc.constantFrom(...SERVERS),
    start: fc.constantFrom(...STARTS),
    class: fc.constantFrom(...CLASSES[tier]),
    reads: fc.subarray([...READS], { minLength: 1 }),
    writes: fc.subarray([...WRITES]),
    initiation: fc.constantFrom(...INITIATIONS),
    concern: fc.constantFrom(undefined, ...CONCERNS),
    untrusted: fc.boolean(),
    helper: fc.boolean(),
    /** Which of two fields shows each control. */
    ways: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
    callsPerDay: fc.constantFrom(undefined, 1, 12, 50),
    credential: fc.boolean(),
    mode: fc.constantFrom('live' as const, 'test' as const),
    gated: fc.boolean(),
  });
type Choices = ReturnType<typeof choices> extends fc.Arbitrary<infer T> ? T : never;

type Network = NonNullable<Manifest['network']>;

const NEVER: ToolFacts = { effect: 'write', reversible: false, impact: 'high', egress: 'none' };
const MILD: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none' };

/** The tools of the tier, each with the one thing that makes it that tier. */
function toolsOf(tier: Tier, one: Choices, scoped: boolean): Manifest['tools'] {
  const data = ['records'];
  const named = (name: string, facts: ToolFacts, scope: string): [string, ToolFacts] => [
    `${one.server}/${name}`,
    { ...facts, data, ...(scoped ? { scopes: [scope] } : {}) },
  ];
  const volume = one.callsPerDay === undefined ? {} : { callsPerDay: one.callsPerDay };
  const bounded: ToolFacts = {
    ...NEVER,
    maxCallsPerDay: 60,
    arguments: {
      type: 'object',
      required: ['order', 'amount'],
      properties: {
        order: { type: 'string', pattern: '^[0-9]{1,12}$' },
        amount: { type: 'integer', minimum: 1, maximum: 50 },
      },
      additionalProperties: false,
    },
    because: 'fifty dollars at most, sixty times a day',
  };
  return Object.fromEntries([
    ...one.reads.map((name) => named(name, { effect: 'read', egress: 'none' }, 'records:read')),
    ...(tier === 'light' ? [] : one.writes.map((name) => named(name, MILD, 'records:write'))),
    ...(tier === 'medium-plus' || (tier === 'full' && one.gated)
      ? [named('refund', { ...NEVER, ...(tier === 'full' ? { access: 'ask' } : {}), ...volume }, 'refunds:write')]
      : []),
    ...(tier === 'full' ? [named('credit', { ...bounded, ...volume }, 'credits:write')] : []),
  ]);
}

function limitsOf(tier: Tier, { initiation, concern, helper, ways }: Choices): Limits {
  const dear = tier === 'full' || helper || initiation !== 'human' || concern === 'cost';
  const [tokens, daily, repeats] = ways;
  // What a session may cost and how long it may go on also bounds its tokens.
  const both = dear ? !daily && !repeats : !tokens;
  return {
    callsPerMinute: 30,
    ...(both ? { usdPerSession: 2, turnsPerSession: 40 } : { tokensPerSession: 200_000 }),
    ...(dear && !both
      ? { [daily ? 'usdPerDay' : 'usdPerSession']: 10, [repeats ? 'repeatsPerCall' : 'turnsPerSession']: 5 }
      : {}),
    ...(helper ? { delegationDepth: 1, subagentsPerSession: 4 } : {}),
  };
}

function minimalAt(tier: Tier, one: Choices): Manifest {
  const scoped = tier === 'full' || (tier !== 'light' && one.credential);
  const tools = toolsOf(tier, one, scoped);
  const asks = tier === 'medium-plus' || (tier === 'full' && one.gated);
  const listed = one.ways[3];
  const guarded = tier === 'medium-plus' || tier === 'full';
  const scopes = [...new Set(Object.values(tools).flatMap((facts) => facts.scopes ?? []))];
  const network: Network = listed ? { egress: 'listed', allowedHosts: ['docs.example.com'] } : { egress: 'none' };
  return {
    schemaVersion: 1,
    agent: { id: 'quiet', owner: 'platform', environment: 'production' },
    ...(one.concern ? { concern: one.concern } : {}),
    autonomy: { initiation: one.initiation, review: tier === 'medium-plus' ? 'high-stakes' : 'none' },
    ...(asks ? { approvals: { approvers: ['alice'] } } : {}),
    inputs: { untrusted: one.untrusted },
    data: { records: { classification: one.class } },
    mcpServers: { [one.server]: one.start },
    tools,
    ...(guarded ? { network } : {}),
    ...(scoped ? { credentials: { KEY: { servers: [one.server], mode: one.mode, scopes, ttl: '15m' } } } : {}),
    limits: limitsOf(tier, one),
    controls: Object.fromEntries(
      DECLARED[tier].map((control) => [control, { by: 'the platform', evidence: 'runbook/1' }]),
    ),
    ...(one.helper ? { subagents: { helper: { manifest: helperOf(tier, network) } } } : {}),
  };
}

/** One that looks things up and has nothing of its own. */
function helperOf(tier: Tier, network: Network): Manifest {
  return {
    schemaVersion: 1,
    agent: { id: 'helper' },
    autonomy: { review: 'none' },
    inputs: { untrusted: false },
    data: { site: { classification: 'public' } },
    tools: { WebSearch: { effect: 'read', data: ['site'], egress: 'none' } },
    ...(tier === 'medium-plus' || tier === 'full' ? { network } : {}),
  };
}

export const minimal: fc.Arbitrary<Minimal> = fc
  .constantFrom(...TIERS)
  .chain((tier) => choices(tier).map((one) => ({ tier, manifest: minimalAt(tier, one) })));
