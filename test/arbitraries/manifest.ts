import fc from 'fast-check';
import { STRANGER_HOSTS } from '../../src/catalog/stranger-hosts.ts';
import { DECLARABLE_CONTROLS } from '../../src/model/controls.ts';
import type { CredentialFacts, DataScope, Manifest, ServerReach } from '../../src/model/manifest.ts';
import {
  CLASSIFICATIONS,
  CONCERNS,
  CREDENTIAL_MODES,
  DATA_SOURCES,
  EGRESSES,
  ENVIRONMENTS,
  INITIATIONS,
  REVIEWS,
} from '../../src/model/vocabulary.ts';
import { type Temper, toolFacts } from './tool.ts';

const SERVERS = ['files', 'mail', 'db'] as const;
const BUILTINS = ['Read', 'Bash', 'WebFetch', 'Oracle'] as const;
const SCOPES = ['customers', 'kb', 'logs 2.0'] as const;
const VARIABLES = ['MAIL_KEY', 'DB_KEY'] as const;

export const GOOD_HOSTS = ['docs.example.com', 'api.example.com:8443'] as const;
const strangers = STRANGER_HOSTS.map((host) => (host.startsWith('.') ? `evil${host}` : host));

const sparse = { requiredKeys: [] as never[], noNullPrototype: true };
const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A map with some of these keys. */
function mapOf<K extends string, V>(
  keys: readonly K[],
  value: fc.Arbitrary<V>,
  maxLength: number = keys.length,
): fc.Arbitrary<Record<string, V>> {
  return fc
    .shuffledSubarray([...keys], { maxLength: Math.min(maxLength, keys.length) })
    .chain((chosen) => fc.tuple(...chosen.map((key) => value.map((inner): [string, V] => [key, inner]))))
    .map((entries) => Object.fromEntries(entries));
}

const hosts = fc.oneof(
  { weight: 3, arbitrary: fc.subarray<string>([...GOOD_HOSTS]) },
  { weight: 1, arbitrary: fc.constant<string[]>(['docs.example.com', '*.example.com']) },
  { weight: 1, arbitrary: from(strangers).map((host): string[] => ['docs.example.com', host]) },
);

const scope: fc.Arbitrary<DataScope> = fc.record(
  { classification: from(CLASSIFICATIONS), source: from(DATA_SOURCES), categories: fc.constant(['pii']) },
  sparse,
);

const credential = (servers: readonly string[]): fc.Arbitrary<CredentialFacts> =>
  fc.record(
    {
      servers: fc.subarray([...servers]),
      mode: from(CREDENTIAL_MODES),
      scopes: fc.constantFrom<string[][]>(['a:read'], ['*'], []),
      ttl: fc.constantFrom('15m', '1h', '2d'),
    },
    sparse,
  );

const limits = fc.record(
  {
    usdPerDay: fc.constant(25),
    usdPerSession: fc.constant(2),
    turnsPerSession: fc.constant(40),
    tokensPerSession: fc.constant(400_000),
    callsPerMinute: fc.constant(30),
    repeatsPerCall: fc.constant(5),
    delegationDepth: fc.constant(0),
  },
  sparse,
);

const paths = fc.constantFrom<string[][]>([], ['./kb']);
const control = fc.record({ by: fc.constant('gVisor'), evidence: fc.constant('runbook/42') }, sparse);

/** What stands outside the tools and says who watches, what is read and what it costs. */
const surroundings = (servers: readonly string[]) =>
  fc.record(
    {
      concern: from(CONCERNS),
      autonomy: fc.record(
        { initiation: from(INITIATIONS), review: from(REVIEWS), actionsPerDay: fc.constant(400) },
        sparse,
      ),
      approvals: fc.record(
        {
          approvers: fc.constantFrom<string[][]>(['oncall'], []),
          channel: fc.constant('inbox'),
          expires: fc.constant('15m'),
        },
        sparse,
      ),
      inputs: fc.record({ untrusted: fc.boolean() }, sparse),
      models: fc.constant<NonNullable<Manifest['models']>>([{ provider: 'anthropic', id: 'claude' }]),
      network: fc.record({ egress: from(EGRESSES), allowedHosts: hosts }, sparse),
      filesystem: fc.record({ read: paths, write: paths }, sparse),
      limits,
      controls: mapOf(DECLARABLE_CONTROLS, control),
      servers: mapOf(servers, fc.constant<ServerReach>({ network: { allowedHosts: ['api.example.com'] } })),
    },
    sparse,
  );

export interface Shape extends Temper {
  /** Most tools an agent has. */
  tools: number;
  /** How deep subagents go. */
  depth: number;
}

function toolNames(servers: readonly string[]): string[] {
  return [
    ...servers.flatMap((server) => ['get', 'send', '*', '@resources'].map((name) => `${server}/${name}`)),
    ...BUILTINS,
  ];
}

function manifestAt(id: string, shape: Shape): fc.Arbitrary<Manifest> {
  return fc
    .record({
      servers: fc.subarray([...SERVERS]),
      data: fc.option(mapOf(SCOPES, scope), { nil: undefined }),
      environment: fc.option(from(ENVIRONMENTS), { nil: undefined }),
    })
    .chain(({ servers, data, environment }) =>
      fc
        .record({
          rest: surroundings(servers),
          credentials: fc.option(mapOf(VARIABLES, credential(servers)), { nil: undefined }),
          tools: mapOf(toolNames(servers), toolFacts(Object.keys(data ?? {}), shape), shape.tools),
          subagents: subagentsOf(id, shape),
        })
        .map(
          ({ rest, credentials, tools, subagents }): Manifest => ({
            schemaVersion: 1,
            agent: { id, ...(environment ? { environment } : {}) },
            // Names of servers must lead somewhere, so that the manifest loads.
            mcpServers: Object.fromEntries(servers.map((server) => [server, { command: 'npx', args: [server] }])),
            ...rest,
            ...(data ? { data } : {}),
            ...(credentials ? { credentials } : {}),
            tools,
            ...(subagents ? { subagents } : {}),
          }),
        ),
    );
}

function subagentsOf(id: string, shape: Shape): fc.Arbitrary<Manifest['subagents'] | undefined> {
  if (shape.depth === 0) return fc.constant(undefined);
  const inner = (name: string) =>
    manifestAt(`${id}-${name}`, { ...shape, depth: shape.depth - 1 }).map((manifest) => ({ manifest }));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ helper: inner('helper') }, { noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.record({ scout: inner('scout'), helper: inner('helper') }, { noNullPrototype: true }) },
  );
}

/** Agents of every temper, from those that say anything to those that are nearly harmless. */
export function manifests(shape: Partial<Shape> = {}): fc.Arbitrary<Manifest> {
  const at = (wild: number) => manifestAt('root', { tools: 6, depth: 2, wild, ...shape });
  return fc.oneof(at(8), at(3), at(0));
}

/** Agents small enough to try every change on. */
export const smallManifests: fc.Arbitrary<Manifest> = fc.oneof(
  { weight: 3, arbitrary: manifests({ tools: 4, depth: 0 }) },
  { weight: 1, arbitrary: manifests({ tools: 2, depth: 1 }) },
);
