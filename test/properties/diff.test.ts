import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeOf, tierOf, withUndone } from '../../src/diff/cause.ts';
import { changesOf } from '../../src/diff/changes.ts';
import { compare } from '../../src/diff/diff.ts';
import { partnersOf } from '../../src/diff/partners.ts';
import type { Side } from '../../src/diff/side.ts';
import { findingsOf } from '../../src/lint/run.ts';
import { type Agent, agentOf, agentsOf } from '../../src/manifest/tree.ts';
import type { AgentDiff } from '../../src/model/diff.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { compareTiers } from '../../src/model/tiers.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';

/** Parts of the one and parts of the other, as an edit leaves them; names in it may lead nowhere. */
const edited: fc.Arbitrary<[Manifest, Manifest]> = fc
  .tuple(manifests(), manifests(), fc.infiniteStream(fc.boolean()))
  .map(([base, other, coin]) => [base, mixed(base, other, () => coin.next().value === true) as Manifest]);

function mixed(base: unknown, other: unknown, coin: () => boolean): unknown {
  if (!isMap(base) || !isMap(other)) return coin() ? base : other;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(other)])];
  const entries = keys.map((key) => [key, mixed(base[key], other[key], coin)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pairs = fc.oneof({ weight: 3, arbitrary: edited }, { weight: 1, arbitrary: fc.tuple(manifests(), manifests()) });

function sideOf(agents: readonly Agent[]): Side {
  const found = findingsOf(agents, rules);
  return {
    agents,
    shown: found,
    raw: found,
    heldBack: [],
    held: [],
    unread: new Set(),
    known: (file) => file,
  };
}

function diffOf(base: readonly Agent[], head: readonly Agent[]) {
  const [before, after] = [sideOf(base), sideOf(head)];
  return compare(before, after, { byBase: after.shown, byPast: after.shown, byHead: after.shown, isTrusted: false });
}

const isSilent = ({
  change,
  was,
  because,
  tools,
  settings,
  highStakes,
  disclosurePaths,
  findings,
  ignores,
}: AgentDiff) =>
  change === 'same' &&
  was === null &&
  [because, settings, ...Object.values(tools), ...Object.values(highStakes)].every((list) => list.length === 0) &&
  [...Object.values(disclosurePaths), ...Object.values(findings), ...Object.values(ignores)].every(
    (list) => list.length === 0,
  );

describe('compare', () => {
  test('says nothing of what is the same, in whatever order it is written', () => {
    holds(fc.tuple(manifests(), fc.infiniteStream(fc.nat(99))), ([manifest, stream]) => {
      const again = shuffled(manifest, () => Number(stream.next().value)) as Manifest;
      const { agents, findings, silenced } = diffOf([agentOf(manifest)], [agentOf(again)]);
      expect(agents.filter((diff) => !isSilent(diff))).toEqual([]);
      expect([findings, silenced]).toEqual([{ new: [], fixed: [] }, []]);
    });
  });

  test('says the opposite of what it says the other way round', () => {
    holds(pairs, ([one, other]) => {
      const [there] = diffOf([agentOf(one)], [agentOf(other)]).agents;
      const [back] = diffOf([agentOf(other)], [agentOf(one)]).agents;
      const sorted = (items: readonly unknown[] = []) => items.map((item) => JSON.stringify(item)).sort();
      const names = (items: readonly { agent: string; tool: string }[] = []) =>
        sorted(items.map(({ agent, tool }) => [agent, tool]));
      expect(there?.tier).toEqual({ base: back?.tier.head, head: back?.tier.base });
      expect(names(there?.tools.added)).toEqual(names(back?.tools.removed));
      expect(names(there?.tools.removed)).toEqual(names(back?.tools.added));
      expect(names(there?.tools.changed)).toEqual(names(back?.tools.changed));
      expect(sorted(there?.highStakes.new)).toEqual(sorted(back?.highStakes.gone));
      expect(sorted(there?.disclosurePaths.new)).toEqual(sorted(back?.disclosurePaths.gone));
      expect(sorted(there?.findings.new)).toEqual(sorted(back?.findings.fixed));
      expect(there?.settings.map(({ pointer }) => pointer).sort()).toEqual(
        back?.settings.map(({ pointer }) => pointer).sort(),
      );
      expect(there?.change).toBe(back?.change);
    });
  });

  test('takes any agents for any others, each of them once, whatever order the files come in', () => {
    const agent = fc.record({
      manifest: manifests({ tools: 2, depth: 1 }),
      id: fc.constantFrom('a', 'b', 'c', 'root-helper'),
      file: fc.constantFrom('a.yaml', 'b.yaml', 'x/c.yaml'),
    });
    const agents = fc
      .uniqueArray(agent, { maxLength: 4, selector: ({ file }) => file })
      .map((all) =>
        all.map(({ manifest, id, file }) => agentOf({ ...manifest, agent: { ...manifest.agent, id } }, file)),
      );
    holds(fc.tuple(agents, agents), ([base, head]) => {
      const { agents: told } = diffOf(base, head);
      expect(told.filter(({ change }) => change === 'added')).toHaveLength(told.length - base.length);
      expect(told.filter(({ change }) => change === 'removed')).toHaveLength(told.length - head.length);
      const again = diffOf(base.toReversed(), head.toReversed()).agents;
      const same =
        base.length === new Set(base.map(({ id }) => id)).size &&
        head.length === new Set(head.map(({ id }) => id)).size;
      if (same) expect(again).toEqual(told);
    });
  });
});

describe('why the tier moved', () => {
  test('undoing it is enough, and nothing less is', () => {
    let moved = 0;
    holds(pairs, ([one, other]) => {
      const [base, head] = [agentOf(one), agentOf(other)];
      const partners = partnersOf(base, head);
      const changes = changesOf(base, head, partners);
      const cause = causeOf(base, head, changes, partners);
      const [before, after] = [tierOf(base), tierOf(head)];
      const rose = compareTiers(after, before);
      if (rose === 0) return expect(cause).toEqual([]);
      moved++;
      const without = (kept: typeof changes) => tierOf(withUndone(head, kept, partners));
      /** Undone, the rise is gone; where it fell, the rest of the changes undone leaves the fall as it is. */
      const isEnough = (kept: typeof changes) =>
        rose > 0
          ? compareTiers(without(kept), before) <= 0
          : compareTiers(without(changes.filter((change) => !kept.includes(change))), after) <= 0;
      expect(cause.length).toBeGreaterThan(0);
      expect(isEnough(cause)).toBe(true);
      for (const change of cause) expect(isEnough(cause.filter((each) => each !== change))).toBe(false);
    });
    expect(moved).toBeGreaterThan(10);
  });

  test('everything undone is the base again', () => {
    holds(pairs, ([one, other]) => {
      const [base, head] = [agentOf(one), agentOf(other)];
      const partners = partnersOf(base, head);
      const undone = withUndone(head, changesOf(base, head, partners), partners);
      expect(tierOf(undone)).toBe(tierOf(base));
      expect(changesOf(base, undone)).toEqual([]);
      expect(agentsOf(undone).length).toBe(agentsOf(base).length);
    });
  });
});

function shuffled(value: unknown, roll: () => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, roll));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({ at: roll(), entry: [key, shuffled(inner, roll)] }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ entry }) => entry));
}
