import { describe, expect, test } from 'vitest';
import { advise } from '../../src/assess/advise.ts';
import { assess } from '../../src/assess/assess.ts';
import {
  applied,
  COST,
  canCloseEgress,
  canReclassify,
  closeEgress,
  drop,
  gate,
  type Move,
  reclassify,
  sameScope,
} from '../../src/assess/moves.ts';
import { type Reach, reachOf } from '../../src/assess/reach.ts';
import { atLeast, walk } from '../../src/assess/walk.ts';
import { spellOut } from '../../src/manifest/shorthand.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Advice } from '../../src/model/assessment.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { CLASSIFICATIONS } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests, smallManifests } from '../arbitraries/manifest.ts';
import { patched } from '../arbitraries/patch.ts';
import { interval, rank } from '../arbitraries/sites.ts';

/** Every change the design knows, on every pair and scope of the reach. */
function candidates(reach: Reach): Move[] {
  const scopes = reach.pairs.flatMap((pair) => pair.scopes).filter((scope) => canReclassify(reach, scope));
  const distinct = scopes.filter((scope, i) => scopes.findIndex((other) => sameScope(other, scope)) === i);
  return [
    ...reach.pairs.flatMap((pair) => [gate(pair), drop(pair), ...(canCloseEgress(pair) ? [closeEgress(pair)] : [])]),
    ...distinct.flatMap((scope) =>
      CLASSIFICATIONS.filter((to) => to !== scope.classification.worst && atLeast(scope, to, 'worst')).flatMap((to) =>
        reach.agents.filter(({ id }) => id === scope.agent).map((owner) => reclassify(owner, scope, to)),
      ),
    ),
  ];
}

const tierOf = (reach: Reach, moves: readonly Move[]) => walk(applied(reach, moves), 'worst').tier;

function costOf({ id }: Advice, reach: Reach): number {
  const known = new Map(candidates(reach).map((move) => [move.id, move.cost]));
  return id.split('+').reduce((sum, move) => sum + (known.get(move) ?? Number.NaN), 0);
}

test('each piece of advice, applied, gives exactly the tier it promises, lower than the present one', () => {
  holds(manifests(), (manifest) => {
    const { tier, advice } = assess(agentOf(manifest));
    for (const { patch, tier: promised } of advice) {
      expect(rank(promised)).toBeLessThan(rank(tier));
      expect(interval(patched(manifest, patch)).ceiling).toBe(promised);
    }
    expect(new Set(advice.map(({ id }) => id)).size).toBe(advice.length);
  });
});

test('advice also fits a manifest that is written in short', () => {
  holds(manifests(), (manifest) => {
    for (const { patch, tier } of assess(agentOf(manifest)).advice) {
      expect(interval(spellOut(patched(inShort(manifest), patch))).ceiling).toBe(tier);
    }
  });
});

function inShort(manifest: Manifest): Manifest {
  const tools = Object.entries(manifest.tools).map(([name, facts]) => [
    name,
    Object.keys(facts).join() === 'effect' ? facts.effect : facts,
  ]);
  const subagents = Object.entries(manifest.subagents ?? {}).map(([name, { manifest: inner }]) => [
    name,
    { manifest: typeof inner === 'string' ? inner : inShort(inner) },
  ]);
  return {
    ...manifest,
    tools: Object.fromEntries(tools),
    ...(manifest.subagents ? { subagents: Object.fromEntries(subagents) } : {}),
  };
}

test('every move does to the reach what its patch does to the manifest', () => {
  holds(manifests(), (manifest) => {
    const reach = reachOf(agentOf(manifest));
    for (const move of candidates(reach))
      expect(tierOf(reach, [move])).toBe(interval(patched(manifest, move.patch)).ceiling);
  });
});

test('there is a way to every tier below', () => {
  holds(manifests(), (manifest) => {
    const { tier, advice } = assess(agentOf(manifest));
    if (tier !== 'light') expect(advice.map((one) => one.tier)).toContain('light');
  });
});

test('no set of up to three changes is cheaper than the advice', () => {
  holds(smallManifests, (manifest) => {
    const reach = reachOf(agentOf(manifest));
    const now = walk(reach, 'worst').tier;
    const advice = advise(reach).map((one) => ({ tier: one.tier, cost: costOf(one, reach) }));
    for (const { tier, cost, moves } of bruteForce(reach)) {
      if (rank(tier) >= rank(now)) continue;
      const as = advice.some((one) => rank(one.tier) <= rank(tier) && one.cost <= cost);
      if (!as) expect({ advice }).toEqual({ tier, cost, moves: moves.map(({ id }) => id) });
    }
  });
});

/** For each tier, the cheapest set of at most three moves that gives it. */
function bruteForce(reach: Reach): { tier: string & Advice['tier']; cost: number; moves: Move[] }[] {
  const moves = candidates(reach);
  const best = new Map<Advice['tier'], { cost: number; moves: Move[] }>();
  const visit = (grown: Reach, taken: Move[], cost: number, from: number): void => {
    const { tier } = walk(grown, 'worst');
    if (cost < (best.get(tier)?.cost ?? Number.POSITIVE_INFINITY)) best.set(tier, { cost, moves: taken });
    if (taken.length === 3) return;
    for (const [i, move] of moves.entries()) {
      if (i >= from) visit(applied(grown, [move]), [...taken, move], cost + move.cost, i + 1);
    }
  };
  visit(reach, [], 0, 0);
  return [...best].map(([tier, found]) => ({ tier, ...found }));
}

describe('by hand', () => {
  const base = {
    schemaVersion: 1,
    agent: { id: 'a' },
    autonomy: { review: 'none' },
    inputs: { untrusted: true },
  } as const;

  test('a way to a farther tier is not left out because it goes on from the way to a nearer one', () => {
    const reach = reachOf(
      agentOf({
        ...base,
        data: { notes: { classification: 'confidential' } },
        tools: {
          'mail/send': { effect: 'write', reversible: true, impact: 'low', egress: 'open', access: 'allow' },
          'mail/wipe': { effect: 'write', reversible: false, impact: 'low', egress: 'none', access: 'ask' },
        },
      }),
    );
    expect(
      advise(reach)
        .map(({ id, tier }) => [id, tier])
        .slice(0, 1),
    ).toEqual([['close-egress:a:mail/send', 'medium-plus']]);
    expect(advise(reach)).toContainEqual(
      expect.objectContaining({ id: 'drop:a:mail/wipe+close-egress:a:mail/send', tier: 'medium' }),
    );
  });

  test('two changes to a tool that is written in short are one operation', () => {
    const exit: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'open', data: [] };
    const manifest: Manifest = {
      ...base,
      inputs: { untrusted: false },
      data: { customers: { classification: 'regulated' } },
      tools: { 'web/fetch': { effect: 'read' }, 'mail/a': exit, 'mail/b': exit, 'mail/c': exit },
    };
    const { advice } = assess(agentOf(manifest));
    expect(advice[0]).toMatchObject({ id: 'gate:a:web/fetch+close-egress:a:web/fetch', tier: 'medium-plus' });
    expect(advice[0]?.patch).toEqual([
      {
        agent: 'a',
        op: 'replace',
        path: '/tools/web~1fetch',
        value: { effect: 'read', access: 'ask', egress: 'none' },
      },
    ]);
    expect(interval(patched(manifest, advice[0]?.patch ?? [])).ceiling).toBe('medium-plus');
  });

  test('many scopes count like few', () => {
    const names = Array.from({ length: 12 }, (_, i) => `scope-${i}`);
    const data = Object.fromEntries(names.map((name) => [name, { classification: 'public' as const }]));
    const tools: Manifest['tools'] = {
      's/read': { effect: 'read', egress: 'none' },
      's/one': { effect: 'read', egress: 'none', data: ['scope-1'] },
    };
    const manifest: Manifest = { ...base, data: { ...data, 'scope-7': { classification: 'regulated' } }, tools };
    expect(interval({ ...manifest, data }).ceiling).toBe('light');
    const { tier, advice } = assess(agentOf(manifest));
    expect(tier).toBe('full');
    expect(advice.map(({ id, tier: to }) => [id, to])).toContainEqual(['reclassify:a:scope-7:confidential', 'medium']);
    for (const { patch, tier: to } of advice) expect(interval(patched(manifest, patch)).ceiling).toBe(to);
  });

  test('what a tool is called does not change the words around it', () => {
    const [first] = advise(reachOf(agentOf({ ...base, tools: { "s/$'$&": { effect: 'write' } } })));
    expect(first?.text).toBe("set `access: ask` on `s/$'$&`");
  });

  test('the costs are those of the design: hosts, a gate, a class, a tool', () => {
    expect(COST).toEqual({ closeEgress: 1, gate: 2, lowerStep: 3, drop: 5 });
  });
});
