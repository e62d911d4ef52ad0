import { agentsOf } from '../manifest/tree.ts';
import type { AgentDiff, DiffReport, IgnoreChange } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import { compareTiers } from '../model/tiers.ts';
import { agentDiff } from './agent.ts';
import { type Held, ignoreChangeOf, ignoreChanges } from './ignores.ts';
import { type AgentPair, pairsOf } from './pair.ts';
import type { Side } from './side.ts';
import { inherited, type Showings, silencedBy } from './silenced.ts';
import { NOBODY, type Subjects, subjectsOf } from './subjects.ts';

export type Compared = Pick<DiffReport, 'agents' | 'findings' | 'ignores' | 'silenced'>;

export function compare(base: Side, head: Side, showings: Showings): Compared {
  const pairs = pairsOf(base, head);
  const subjects = subjectsOf(pairs);
  const halfRead = new Set(pairs.flatMap((pair, index) => (isHalfRead(pair, base, head) ? [index] : [])));
  const takenOver = inherited(base, head, subjects);
  const silenced = [...new Set([...silencedBy(base, head, showings, subjects), ...takenOver])];
  const shown = withMore(head.shown, showings.isTrusted ? silenced : takenOver);
  const bare = pairs.map((pair) => {
    const isMoved = pair.base && pair.head && base.known(pair.base.file) !== head.known(pair.head.file);
    return agentDiff(pair, isMoved);
  });
  const findings = findingChanges(base, { ...head, shown }, subjects, halfRead);
  for (const index of unchanged(pairs, bare)) {
    const own = findings.get(index);
    if (own) findings.set(index, withoutShifts(own));
  }
  const ignores = heldChanges(base, head, subjects);
  const told = bare.map((diff, index): AgentDiff => {
    const own = withOwn(diff, findings.get(index), ignores.get(index));
    return halfRead.has(index) ? { ...own, change: 'changed' } : own;
  });
  return {
    agents: told.sort(byRise),
    findings: findings.get(NOBODY) ?? { new: [], fixed: [] },
    ignores: ignores.get(NOBODY) ?? { new: [], wider: [] },
    silenced,
  };
}

function withMore(shown: readonly Finding[], more: readonly Finding[]): Finding[] {
  const there = new Set(shown.map(({ fingerprint }) => fingerprint));
  return [...shown, ...more.filter(({ fingerprint }) => !there.has(fingerprint))];
}

/** Is one side of the pair not gone, but not to be read? */
function isHalfRead(pair: AgentPair, base: Side, head: Side): boolean {
  if (pair.base && pair.head) return false;
  const [there, own, other] = pair.base ? [pair.base, base, head] : [pair.head, head, base];
  const files = (there ? agentsOf(there) : []).map(({ file }) => own.known(file));
  const unread = [...other.unread].map((path) => other.known(path));
  return files.some((file) => unread.some((path) => file === path || file.startsWith(`${path}/`)));
}

/** `halfRead`: of what cannot be read, nobody knows what is new or fixed. */
function findingChanges(
  base: Side,
  head: Side,
  { at, keyOf }: Subjects,
  halfRead: ReadonlySet<number>,
): Map<number, AgentDiff['findings']> {
  const before = new Set(base.raw.map((finding) => keyOf(finding, 'base')));
  const after = new Set(head.raw.map((finding) => keyOf(finding, 'head')));
  const changes = new Map<number, AgentDiff['findings']>();
  const of = (pair: number) => entryOf(changes, pair, () => ({ new: [], fixed: [] }));
  for (const finding of head.shown) {
    const { pair } = at(finding.file, finding.document, 'head');
    if (!halfRead.has(pair) && !before.has(keyOf(finding, 'head'))) of(pair).new.push(finding);
  }
  for (const finding of base.shown) {
    const { pair } = at(finding.file, finding.document, 'base');
    if (!halfRead.has(pair) && !after.has(keyOf(finding, 'base'))) of(pair).fixed.push(finding);
  }
  return changes;
}

/** Pairs in which nothing is another, nor in any tree around them. */
function unchanged(pairs: readonly AgentPair[], diffs: readonly AgentDiff[]): number[] {
  const isStill = (index: number) => diffs[index]?.change === 'same';
  const around = new Set(pairs.flatMap(({ head }, index) => (head && !isStill(index) ? agentsOf(head) : [])));
  return pairs.flatMap(({ head }, index) => (head && isStill(index) && !around.has(head) ? [index] : []));
}

/** Of what several entries cause together the first one is told, and which is first may change. */
function withoutShifts({ new: added, fixed }: AgentDiff['findings']): AgentDiff['findings'] {
  const times = (list: readonly Finding[], { rule }: Finding) => list.filter((other) => other.rule === rule).length;
  const stays = (finding: Finding) => times(added, finding) !== times(fixed, finding);
  return { new: added.filter(stays), fixed: fixed.filter(stays) };
}

function heldChanges(base: Side, head: Side, { at }: Subjects): Map<number, AgentDiff['ignores']> {
  const sides = new Map<Held, keyof AgentPair>();
  for (const held of base.held) sides.set(held, 'base');
  for (const held of head.held) sides.set(held, 'head');
  const subject = (held: Held) => at(held.file, held.document, sides.get(held) ?? 'head').name || held.file;
  const changes = new Map<number, AgentDiff['ignores']>();
  for (const { held, wider } of ignoreChanges(base.held, head.held, subject)) {
    const own = entryOf(changes, at(held.file, held.document, 'head').pair, () => ({ new: [], wider: [] }));
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
