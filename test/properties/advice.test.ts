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
import { everyManifest, interval, rank } from '../arbitraries/sites.ts';

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

test('the approvals a day are those that the changed manifest asks for, less those that the present one does', () => {
  holds(manifests(), (manifest) => {
    for (const { patch, approvalsPerDay } of assess(agentOf(manifest)).advice) {
      const [before, after] = [manifest, patched(manifest, patch)].map(asked);
      const started = [...(after ?? [])].filter(([pair]) => !before?.has(pair)).map(([, calls]) => calls);
      const stopped = [...(before ?? [])].filter(([pair]) => !after?.has(pair)).map(([, calls]) => calls ?? 0);
      const sum = (calls: number[]) => calls.reduce((a, b) => a + b, 0);
      const known = started.filter((calls) => calls !== undefined);
      expect(approvalsPerDay).toBe(known.length < started.length ? null : sum(known) - sum(stopped));
    }
  });
});

/** The tools that ask, with their calls a day. */
function asked(manifest: Manifest): Map<string, number | undefined> {
  const rows = assess(agentOf(manifest)).reach.filter(({ access }) => access === 'ask');
  return new Map(
    rows.map(({ agent, tool }) => [
      `${agent} ${tool}`,
      everyManifest(manifest).find((one) => one.agent.id === agent)?.tools[tool]?.callsPerDay,
    ]),
  );
}

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

  test('a drop saves the approvals that the review asked for', () => {
    const sharp: ToolFacts = { effect: 'write', reversible: false, impact: 'low', egress: 'none', callsPerDay: 12 };
    const adviceOn = (facts: ToolFacts, review: 'none' | 'high-stakes') =>
      assess(agentOf({ ...base, autonomy: { review }, data: {}, tools: { 's/t': facts } })).advice.map(
        ({ tier, approvalsPerDay }) => [tier, approvalsPerDay],
      );
    expect(adviceOn(sharp, 'high-stakes')).toEqual([['light', -12]]);
    expect(adviceOn({ ...sharp, access: 'ask' }, 'none')).toEqual([['light', -12]]);
    expect(adviceOn(sharp, 'none')).toEqual([
      ['medium-plus', 12],
      ['light', 0],
    ]);
  });

  test('where there are several agents each tool and scope is told with its own', () => {
    const tools: Manifest['tools'] = { 's/t': { effect: 'write' } };
    const helper = { manifest: { ...base, agent: { id: 'b' }, data: {}, tools } };
    const textOf = (manifest: Manifest) => advise(reachOf(agentOf(manifest)))[0]?.text;
    expect(textOf({ ...base, data: {}, tools })).toBe('set `access: ask` on `s/t`');
    expect(textOf({ ...base, data: {}, tools, subagents: { helper } })).toBe(
      'set `access: ask` on `s/t` of `a` and `s/t` of `b`',
    );
    const more: Manifest['tools'] = { ...tools, 's/u': { effect: 'write' } };
    expect(textOf({ ...base, data: {}, tools: more, subagents: { helper } })).toBe(
      'set `access: ask` on `s/t` and `s/u` of `a` and `s/t` of `b`',
    );
  });

  test('tools of one name in the hands of agents from two documents are two operations', () => {
    const facts: ToolFacts = { effect: 'write', reversible: false, impact: 'low', egress: 'none' };
    const agent = (id: string) => agentOf({ ...base, agent: { id }, data: {}, tools: { 's/t': facts } }, `${id}.yaml`);
    const [first] = advise(reachOf({ ...agent('a'), subagents: { b: agent('b') } }));
    expect(first?.patch).toEqual(
      ['a', 'b'].map((id) => ({ agent: id, op: 'add', path: '/tools/s~1t/access', value: 'ask' })),
    );
  });

  test('what a tool is called does not change the words around it', () => {
    const [first] = advise(reachOf(agentOf({ ...base, tools: { "s/$'$&": { effect: 'write' } } })));
    expect(first?.text).toBe("set `access: ask` on `s/$'$&`");
  });

  test('the costs are those of the design: hosts, a gate, a class, a tool', () => {
    expect(COST).toEqual({ closeEgress: 1, gate: 2, lowerStep: 3, drop: 5 });
  });
});
