import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { AgentDiff, DiffReport, IgnoreChange } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import { compareTiers } from '../model/tiers.ts';
import { agentDiff } from './agent.ts';
import { type Held, ignoreChangeOf, ignoreChanges } from './ignores.ts';
import { type AgentPair, pairsOf } from './pair.ts';
import { keyOf, type Side } from './side.ts';

export type Compared = Pick<DiffReport, 'agents' | 'findings' | 'ignores' | 'silenced'>;

/** What the lint shows of the head by the configuration, baseline and ignores of either side. */
export interface Showings {
  byBase: readonly Finding[];
  byHead: readonly Finding[];
}

export function compare(base: Side, head: Side, showings: Showings): Compared {
  const pairs = pairsOf(base, head);
  const names = subjects(pairs);
  const findings = findingChanges(base, head, names);
  const ignores = heldChanges(base, head, names);
  const diffOf = (pair: AgentPair, index: number): AgentDiff => {
    const isMoved = pair.base && pair.head && base.known(pair.base.file) !== head.known(pair.head.file);
    const diff = withOwn(agentDiff(pair, isMoved), findings.get(index), ignores.get(index));
    return isHalfRead(pair, base, head) ? { ...diff, change: 'changed' } : diff;
  };
  return {
    agents: pairs.map(diffOf).sort(byRise),
    findings: findings.get(NOBODY) ?? { new: [], fixed: [] },
    ignores: ignores.get(NOBODY) ?? { new: [], wider: [] },
    silenced: silencedBy(base, head, showings, names),
  };
}

/** Is one side of the pair not gone, but not to be read? */
function isHalfRead(pair: AgentPair, base: Side, head: Side): boolean {
  if (pair.base && pair.head) return false;
  const [there, own, other] = pair.base ? [pair.base, base, head] : [pair.head, head, base];
  const files = (there ? agentsOf(there) : []).map(({ file }) => own.known(file));
  const unread = [...other.unread].map((path) => other.known(path));
  return files.some((file) => unread.some((path) => file === path || file.startsWith(`${path}/`)));
}

/** What the head hides that the base would show, and what the base showed that is still there and shown no more. */
function silencedBy(base: Side, head: Side, { byBase, byHead }: Showings, names: Names): Finding[] {
  const key = (finding: Finding, side: keyof AgentPair) => names.of(finding, side).key;
  const shown = new Set(byHead.map((finding) => key(finding, 'head')));
  const would = new Set([
    ...byBase.map((finding) => key(finding, 'head')),
    ...base.shown.map((finding) => key(finding, 'base')),
  ]);
  const found = new Map([...head.raw, ...byBase].map((finding) => [key(finding, 'head'), finding]));
  return [...found].flatMap(([name, finding]) =>
    finding.severity !== 'note' && would.has(name) && !shown.has(name) ? [finding] : [],
  );
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
