import type { Agent } from '../manifest/tree.ts';
import type { AgentDiff, DiffReport, IgnoreChange } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import { compareTiers } from '../model/tiers.ts';
import { agentDiff } from './agent.ts';
import { type Held, ignoreChangeOf, ignoreChanges } from './ignores.ts';
import { type AgentPair, pairsOf } from './pair.ts';
import { keyOf, type Side } from './side.ts';

export type Compared = Pick<DiffReport, 'agents' | 'findings' | 'ignores' | 'silenced'>;

/** `asBase`: what the lint shows of the head by the base's configuration, baseline and ignores. */
export function compare(base: Side, head: Side, asBase: readonly Finding[]): Compared {
  const pairs = pairsOf(base.agents, head.agents);
  const names = subjects(pairs);
  const findings = findingChanges(base, head, names);
  const ignores = heldChanges(base, head, names);
  const shown = new Set(head.shown.map((finding) => names.of(finding, 'head').key));
  return {
    agents: pairs
      .map((pair, index): AgentDiff => withOwn(agentDiff(pair), findings.get(index), ignores.get(index)))
      .sort(byRise),
    findings: findings.get(NOBODY) ?? { new: [], fixed: [] },
    ignores: ignores.get(NOBODY) ?? { new: [], wider: [] },
    silenced: asBase.filter((finding) => finding.severity !== 'note' && !shown.has(names.of(finding, 'head').key)),
  };
}

/** The number of the pair for what belongs to no agent. */
const NOBODY = -1;

interface Names {
  of(finding: Finding, side: keyof AgentPair): { pair: number; key: string };
  pairOf(file: string, document: number, side: keyof AgentPair): number;
}

/** Which agent a file and document hold, on each side. */
function subjects(pairs: readonly AgentPair[]): Names {
  const places = { base: new Map<string, number>(), head: new Map<string, number>() };
  const placeOf = ({ file, document }: Pick<Agent, 'file' | 'document'>) => JSON.stringify([file, document]);
  for (const [index, { base, head }] of pairs.entries()) {
    if (base) places.base.set(placeOf(base), index);
    if (head) places.head.set(placeOf(head), index);
  }
  const pairOf = (file: string, document: number, side: keyof AgentPair) =>
    places[side].get(placeOf({ file, document })) ?? NOBODY;
  return {
    pairOf,
    of(finding, side) {
      const pair = pairOf(finding.file, finding.document, side);
      return { pair, key: `${pair} ${keyOf(finding, pair !== NOBODY)}` };
    },
  };
}

function findingChanges(base: Side, head: Side, names: Names): Map<number, AgentDiff['findings']> {
  const before = new Set(base.raw.map((finding) => names.of(finding, 'base').key));
  const after = new Set(head.raw.map((finding) => names.of(finding, 'head').key));
  const changes = new Map<number, AgentDiff['findings']>();
  const at = (pair: number) => entryOf(changes, pair, () => ({ new: [], fixed: [] }));
  for (const finding of head.shown) {
    const { pair, key } = names.of(finding, 'head');
    if (!before.has(key)) at(pair).new.push(finding);
  }
  for (const finding of base.shown) {
    const { pair, key } = names.of(finding, 'base');
    if (!after.has(key)) at(pair).fixed.push(finding);
  }
  return changes;
}

function heldChanges(base: Side, head: Side, names: Names): Map<number, AgentDiff['ignores']> {
  const sides = new Map<Held, keyof AgentPair>();
  for (const held of base.held) sides.set(held, 'base');
  for (const held of head.held) sides.set(held, 'head');
  const subject = (held: Held) => {
    const pair = names.pairOf(held.file, held.document, sides.get(held) ?? 'head');
    return pair === NOBODY ? held.file : String(pair);
  };
  const changes = new Map<number, AgentDiff['ignores']>();
  for (const { held, wider } of ignoreChanges(base.held, head.held, subject)) {
    const own = entryOf(changes, names.pairOf(held.file, held.document, 'head'), () => ({ new: [], wider: [] }));
    const list: IgnoreChange[] = wider ? own.wider : own.new;
    list.push(ignoreChangeOf(held));
  }
  return changes;
}

function entryOf<T>(map: Map<number, T>, key: number, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function withOwn(
  diff: AgentDiff,
  findings: AgentDiff['findings'] = { new: [], fixed: [] },
  ignores: AgentDiff['ignores'] = { new: [], wider: [] },
): AgentDiff {
  const silent = findings.new.length + findings.fixed.length + ignores.new.length + ignores.wider.length === 0;
  return { ...diff, findings, ignores, change: diff.change === 'same' && !silent ? 'changed' : diff.change };
}

/** Those that rose first, the others by where they stand. */
function byRise(a: AgentDiff, b: AgentDiff): number {
  return rise(b) - rise(a) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.document - b.document);
}

function rise({ tier: { base, head } }: AgentDiff): number {
  if (head === null) return -2;
  if (base === null) return 1;
  return Math.sign(compareTiers(head, base)) * 2;
}
