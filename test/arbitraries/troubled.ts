import fc from 'fast-check';
import type { ArgumentSchema, CredentialFacts, Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { REVIEWS } from '../../src/model/vocabulary.ts';
import { manifests, smallManifests } from './manifest.ts';
import { everyManifest } from './sites.ts';

const CATCH_ALL = ['./out', '.', '~', './.claude'];
const STARTS = [
  { command: 'npx', args: ['-y', 'notes'] },
  { command: 'npx', args: ['-y', 'notes@1.2.3'] },
  { command: 'docker', args: ['run', '--privileged', 'notes:latest'] },
  { command: 'docker', args: ['run', '--pid', 'host', '-i', '-v', '/:/host', '--privileged', 'notes:1.2'] },
];
const SCHEMAS: ArgumentSchema[] = [
  { type: 'object', properties: { to: { pattern: 'a|b' } } },
  { type: 'object', required: ['to'], properties: { to: { type: 'string', pattern: '^a' } } },
  {
    type: 'object',
    properties: { to: { enum: ['a'] }, amount: { maximum: 5 }, of: { properties: { n: { const: 1 } } } },
  },
];

/** What the shared generator leaves out and a rule about too little control looks at. */
export const neglected: fc.Arbitrary<Manifest> = fc
  .tuple(
    smallManifests,
    fc.subarray(CATCH_ALL),
    fc.constantFrom(...STARTS),
    fc.constantFrom(undefined, ...SCHEMAS),
    fc.constantFrom('https', 'http'),
    fc.subarray(['root', 'root-helper', 'oncall']),
    fc.constantFrom<(number | undefined)[]>(undefined, 2, 40),
  )
  .map(([manifest, write, start, schema, scheme, approvers, many]) => {
    for (const one of everyManifest(manifest)) {
      one.filesystem = { ...one.filesystem, write };
      if (approvers.length > 0) one.approvals = { ...one.approvals, approvers };
      if (many !== undefined) one.limits = { ...one.limits, subagentsPerSession: many };
      for (const facts of Object.values(one.tools)) if (schema && facts.arguments) facts.arguments = schema;
      const [first] = Object.keys(one.mcpServers ?? {});
      if (!first) continue;
      one.mcpServers = {
        ...one.mcpServers,
        [first]: { ...start, url: `${scheme}://${first}.example.com/` },
      };
      one.servers = { [first]: { filesystem: { write } } };
    }
    return manifest;
  });

const MILD: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none', data: [] };
const OFTEN = [12, 25, 150];

function readOnlyCredentials({ mcpServers = {} }: Manifest): NonNullable<Manifest['credentials']> {
  const named = Object.keys(mcpServers).map((server): [string, CredentialFacts] => [
    `${server.toUpperCase()}_KEY`,
    { servers: [server], mode: 'live', scopes: ['a:read'], ttl: '1h' },
  ]);
  return Object.fromEntries(named);
}

/** Things that make an agent of any kind too closely watched, or watched where it need not be. */
const FUSS: readonly ((one: Manifest) => void)[] = [
  (one) => {
    for (const facts of Object.values(one.tools)) facts.access ??= 'ask';
  },
  (one) => {
    for (const [i, facts] of Object.values(one.tools).entries()) facts.callsPerDay = OFTEN[i % OFTEN.length] ?? 0;
  },
  (one) => {
    for (const [tool, facts] of Object.entries(one.tools)) one.tools[tool] = { ...MILD, ...facts };
  },
  (one) => {
    one.autonomy = { ...one.autonomy, review: 'each-action' };
  },
  (one) => {
    delete one.autonomy?.review;
  },
  (one) => {
    one.approvals = { ...one.approvals, approvers: ['oncall'] };
  },
  (one) => {
    one.controls = { ...one.controls, 'signed-audit': { by: 'a bucket', evidence: 'runbook/42' } };
  },
  (one) => {
    one.credentials = readOnlyCredentials(one);
  },
  // Nothing of production.
  (one) => {
    one.agent = { ...one.agent, environment: 'staging' };
    for (const scope of Object.values(one.data ?? {})) scope.source = 'staging';
    one.data ??= {};
    for (const facts of Object.values(one.credentials ?? {})) facts.mode = 'test';
    one.filesystem = { ...one.filesystem, read: [] };
  },
  // Public data only.
  (one) => {
    for (const scope of Object.values(one.data ?? {})) scope.classification = 'public';
    for (const facts of Object.values(one.tools)) Object.assign(facts, { effect: 'read', egress: 'none' });
    one.data ??= {};
  },
  // One tool, and a model that is too large for it.
  (one) => {
    const [first] = Object.entries(one.tools);
    one.tools = first ? { [first[0]]: first[1] } : {};
    one.models = [{ provider: 'anthropic', id: 'claude-opus-4-5' }];
  },
  (one) => {
    one.models = [{ provider: 'anthropic', id: 'claude-haiku-4-5' }];
  },
];

const fussed = (base: fc.Arbitrary<Manifest>): fc.Arbitrary<Manifest> =>
  fc.tuple(base, fc.array(fc.subarray([...FUSS]), { minLength: 3, maxLength: 3 })).map(([manifest, fuss]) => {
    for (const [i, one] of everyManifest(manifest).entries()) for (const change of fuss[i % 3] ?? []) change(one);
    return manifest;
  });

/** Agents that do much which can be undone and something that cannot, and say of each how often. */
const busy: fc.Arbitrary<Manifest> = fc
  .record({
    base: manifests({ tools: 4, depth: 0 }),
    sharp: fc.nat(3),
    own: fc.boolean(),
    review: fc.constantFrom(undefined, ...REVIEWS),
    approvers: fc.subarray(['root', 'oncall', 'lead']),
    callsPerDay: fc.constantFrom(3, 12, 150),
    readOnly: fc.boolean(),
  })
  .map(({ base, sharp, own, review, approvers, callsPerDay, readOnly }) => {
    const tools = Object.entries(base.tools)
      .filter(([tool]) => !tool.endsWith('/*'))
      .map(([tool, { access }], i): [string, ToolFacts] => [
        tool,
        { ...MILD, reversible: i !== sharp, callsPerDay, ...(own && access ? { access } : {}) },
      ]);
    const { autonomy, credentials = {}, ...rest } = base;
    const manifest: Manifest = {
      ...rest,
      autonomy: { initiation: autonomy?.initiation ?? 'event', ...(review ? { review } : {}) },
      approvals: { approvers },
      tools: Object.fromEntries(tools),
      credentials,
    };
    if (readOnly) manifest.credentials = readOnlyCredentials(manifest);
    return manifest;
  });

/** Agents with too little control, too much, and both at once. */
export const troubled: fc.Arbitrary<Manifest> = fc.oneof(
  busy,
  neglected,
  fussed(neglected),
  fussed(manifests({ tools: 3, depth: 1 })),
);
