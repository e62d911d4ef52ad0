import { readsHostFiles } from '../catalog/builtins.ts';
import { isStrangerHost } from '../catalog/stranger-hosts.ts';
import { givenAt, statesData } from '../manifest/given.ts';
import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import type { DataScope, ToolFacts } from '../model/manifest.ts';
import type { Classification } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import type { Bound } from './bound.ts';
import { known, open } from './bound.ts';
import type { Pair, Scope } from './reach.ts';

type Resolved = Pick<
  Pair,
  'wildcard' | 'writes' | 'irreversible' | 'highImpact' | 'arbitrary' | 'exits' | 'brings' | 'scopes' | 'hidden'
>;

/** What one tool can do, from its facts and the manifest around it; the agent schema's descriptions say the same in words. */
export function resolveFacts(agent: Agent, tool: string, facts: ToolFacts): Resolved {
  const wildcard = tool.endsWith('/*');
  const own = pointerOf('tools', tool);
  const at = (field: keyof ToolFacts) => `${own}/${field}`;
  // Facts about `server/*` are about tools that nobody has seen, so they hold only at best.
  const fact = (bound: Bound): Bound => (wildcard ? { ...bound, worst: true } : bound);
  const annotated = (hint: string, value: boolean) => facts.annotations?.[hint] === value;
  const defended = facts.because !== undefined;
  const arbitrary = fact(
    facts.arbitrary !== undefined
      ? known(facts.arbitrary, at('arbitrary'))
      : facts.effect !== undefined
        ? known(false, at('arbitrary'), 'default')
        : open(false, true, at('arbitrary')),
  );
  /** Arbitrary execution implies the worst of a field, unless the field is declared and defended. */
  const implying = (field: 'effect' | 'reversible' | 'impact' | 'egress', bound: Bound): Bound =>
    facts[field] !== undefined && defended ? fact(bound) : either(arbitrary, fact(bound));
  const writes = implying(
    'effect',
    facts.effect !== undefined
      ? known(facts.effect === 'write', at('effect'))
      : annotated('readOnlyHint', false)
        ? known(true, at('annotations'), 'annotation')
        : open(false, true, at('effect')),
  );
  const irreversible = implying(
    'reversible',
    facts.reversible !== undefined
      ? known(!facts.reversible, at('reversible'))
      : annotated('destructiveHint', true)
        ? known(true, at('annotations'), 'annotation')
        : open(false, true, at('reversible')),
  );
  const highImpact = implying(
    'impact',
    facts.impact !== undefined ? known(facts.impact === 'high', at('impact')) : open(false, true, at('impact')),
  );
  const exits = implying('egress', egressBound(agent, facts, at('egress')));
  // A write brings nothing in; but an annotation that says so is no proof.
  const surelyWrites = writes.best && writes.provenance !== 'annotation';
  return {
    wildcard,
    writes,
    irreversible: both(writes, irreversible),
    highImpact: both(writes, highImpact),
    arbitrary,
    exits,
    brings: {
      best: exits.best && (!writes.worst || arbitrary.best),
      worst: exits.worst && (!surelyWrites || arbitrary.worst),
      pointer: exits.pointer,
      provenance: exits.provenance,
    },
    scopes: scopesOf(agent, facts, wildcard, at('data')),
    hidden: hiddenBound(agent, tool, arbitrary),
  };
}

/** What a tool is by its own facts or because it may be arbitrary: even where that is open, the worst has to count. */
function either(arbitrary: Bound, own: Bound): Bound {
  const decisive = arbitrary.best || !own.worst ? arbitrary : own;
  return { ...decisive, best: arbitrary.best || own.best, worst: arbitrary.worst || own.worst };
}

/** A danger that only a write has. */
function both(writes: Bound, danger: Bound): Bound {
  const decisive = writes.best === writes.worst ? danger : writes;
  return {
    best: writes.best && danger.best,
    worst: writes.worst && danger.worst,
    pointer: decisive.pointer,
    provenance: decisive.provenance,
  };
}

function egressBound(agent: Agent, { egress }: ToolFacts, pointer: string): Bound {
  if (egress === undefined) return open(false, true, pointer);
  if (egress !== 'listed') return known(egress === 'open', pointer);
  const bounded = namesItsHosts(agent);
  const hosts = !bounded && agent.manifest.network?.allowedHosts;
  return known(!bounded, hosts ? pointerOf('network', 'allowedHosts') : pointer);
}

/** Are the hosts listed, none of them a wildcard or a place where strangers hold accounts? Otherwise a list is as good as open. */
export function namesItsHosts({ manifest: { network } }: Agent): boolean {
  return network?.allowedHosts?.every((host) => !host.includes('*') && !isStrangerHost(host)) ?? false;
}

function scopesOf(agent: Agent, { data }: ToolFacts, wildcard: boolean, pointer: string): Scope[] {
  const stated = data ? listOf(agent, data) : scopesOfAgent(agent).all;
  if (!wildcard && (data !== undefined || statesData(agent))) return stated;
  if (!wildcard && stated.length > 0) return borrowed(agent);
  return [...stated, unknownScope(agent, pointer)];
}

/** Behind what names no data: the name of what no scope names. */
export const UNKNOWN_SCOPE = '(unknown)';

function unknownScope({ id }: Agent, pointer: string): Scope {
  return { agent: id, name: UNKNOWN_SCOPE, classification: open('public', 'regulated', pointer) };
}

/** Behind a tool that names no data, in a manifest that has none of its own: what other tools borrow, and who knows what else. */
function borrowed(agent: Agent): Scope[] {
  const scopes = scopesOfAgent(agent);
  scopes.open ??= [...scopes.all, unknownScope(agent, '/data')];
  return scopes.open;
}

interface ScopesOfAgent {
  all: Scope[];
  /** With what is not known beside them. */
  open?: Scope[];
  named: Map<string, Scope>;
  lists: Map<string, Scope[]>;
}

const made = new WeakMap<Agent, ScopesOfAgent>();

/** All the scopes of an agent. Every tool may reach them, so that they are made once. */
function scopesOfAgent(agent: Agent): ScopesOfAgent {
  const known = made.get(agent);
  if (known) return known;
  const all = Object.entries(agent.manifest.data ?? {}).map(([name, facts]) => scopeOf(agent, name, facts));
  const scopes: ScopesOfAgent = { all, named: new Map(all.map((scope) => [scope.name, scope])), lists: new Map() };
  made.set(agent, scopes);
  return scopes;
}

/** Tools that name the same scopes share one list, so that what is found out about it is found out once. */
function listOf(agent: Agent, data: readonly string[]): Scope[] {
  const { named, lists } = scopesOfAgent(agent);
  const key = JSON.stringify(data);
  const known = lists.get(key);
  if (known) return known;
  // A name that is not in the map is as unknown as a scope can be.
  const list = data.map((name) => named.get(name) ?? scopeOf(agent, name, {}));
  lists.set(key, list);
  return list;
}

function scopeOf(agent: Agent, name: string, { classification }: DataScope): Scope {
  const pointer = pointerOf('data', name, 'classification');
  const bound =
    classification === undefined
      ? open<Classification>('public', 'regulated', pointer)
      : known(classification, pointer, givenAt(agent, pointer) ? 'organisation' : 'declared');
  return { agent: agent.id, name, classification: bound };
}

/**
 * Credentials and files that no data scope names. Arbitrary code reaches the session's credentials, and any file unless a
 * shown sandbox bounds it; a file tool of the host reaches any file unless `filesystem.read` bounds it, since a policy can
 * deny it the rest. What lies on an unbounded disk is not known, so it is confidential only at worst.
 */
function hiddenBound(agent: Agent, tool: string, arbitrary: Bound): Bound {
  const { credentials, filesystem, controls } = agent.manifest;
  const modes = Object.entries(credentials ?? {}).map(([name, { mode }]) => ({ name, mode }));
  const live = modes.find(({ mode }) => mode === 'live');
  const suspect = live ?? modes.find(({ mode }) => mode !== 'test');
  const builtin = serverOf(tool) === undefined;
  const listed = filesystem?.read !== undefined;
  const boxed = controls?.sandbox?.evidence !== undefined && (listed || !builtin);
  const files = (arbitrary.worst && !boxed) || (builtin && readsHostFiles(tool) !== false && !listed);
  const leak = suspect !== undefined && arbitrary.worst;
  return {
    best: live !== undefined && arbitrary.best,
    worst: leak || files,
    pointer: leak ? pointerOf('credentials', suspect.name, 'mode') : listed ? '/controls' : '/filesystem/read',
    provenance: live ? 'declared' : 'default',
  };
}
