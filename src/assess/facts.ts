import { readsHostFiles } from '../catalog/builtins.ts';
import { isStrangerHost } from '../catalog/stranger-hosts.ts';
import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
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
  const at = (field: string) => pointerOf('tools', tool, field);
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
  const implying = (field: 'effect' | 'reversible' | 'impact' | 'egress', own: Bound): Bound =>
    facts[field] !== undefined && defended ? fact(own) : either(arbitrary, fact(own));
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
    facts.impact !== undefined
      ? known(facts.impact === 'high', at('impact'))
      : open(false, true, at('impact')),
  );
  const exits = implying('egress', egressBound(agent, facts, at('egress')));
  return {
    wildcard,
    writes,
    irreversible: both(writes, irreversible),
    highImpact: both(writes, highImpact),
    arbitrary,
    exits,
    brings: {
      best: exits.best && (!writes.worst || arbitrary.best),
      worst: exits.worst && (!writes.best || arbitrary.worst),
      pointer: exits.pointer,
      provenance: exits.provenance,
    },
    scopes: scopesOf(agent, tool, facts, wildcard),
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
  const hosts = agent.manifest.network?.allowedHosts;
  const bounded = hosts?.every((host) => !host.startsWith('*') && !isStrangerHost(host)) ?? false;
  return known(!bounded, bounded ? pointer : hosts ? pointerOf('network', 'allowedHosts') : pointer);
}

function scopesOf(agent: Agent, tool: string, facts: ToolFacts, wildcard: boolean): Scope[] {
  const { data } = agent.manifest;
  if (wildcard || (facts.data === undefined && data === undefined)) {
    const pointer = pointerOf('tools', tool, 'data');
    const unknown: Scope = { agent: agent.id, name: '(unknown)', classification: open('public', 'regulated', pointer) };
    return wildcard ? [...named(agent, facts.data ?? Object.keys(data ?? {})), unknown] : [unknown];
  }
  return named(agent, facts.data ?? Object.keys(data ?? {}));
}

function named(agent: Agent, names: readonly string[]): Scope[] {
  return names.map((name) => {
    const classification = agent.manifest.data?.[name]?.classification;
    const pointer = pointerOf('data', name, 'classification');
    return {
      agent: agent.id,
      name,
      classification:
        classification === undefined ? open('public', 'regulated', pointer) : known(classification, pointer),
    };
  });
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
