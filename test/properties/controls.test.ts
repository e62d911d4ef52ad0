import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { CONTROL_TABLE, controlsOf, GATED_CALLS_A_DAY } from '../../src/assess/controls.ts';
import { reachOf } from '../../src/assess/reach.ts';
import { isStagingOnly } from '../../src/assess/stage.ts';
import { walk } from '../../src/assess/walk.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { ControlEntry, Controls } from '../../src/model/assessment.ts';
import { CONTROLS, type Control, DECLARABLE_CONTROLS } from '../../src/model/controls.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { TIERS, type Tier } from '../../src/model/tiers.ts';
import { holds } from '../arbitraries/cases.ts';
import { GOOD_HOSTS, manifests } from '../arbitraries/manifest.ts';
import { everyManifest, rank, variants, withFact } from '../arbitraries/sites.ts';

const idsOf = (entries: readonly ControlEntry[]): Control[] => entries.map(({ id }) => id);

/** The part of an assessment that controls are about, without the search for questions and advice. */
function controlled(manifest: Manifest): { tier: Tier; controls: Controls } {
  const root = agentOf(manifest);
  const reach = reachOf(root);
  const worst = walk(reach, 'worst');
  const { tier } = worst;
  return { tier, controls: controlsOf({ root, reach, worst, tier, staging: isStagingOnly(root, reach) }) };
}

test('required sets nest upward over the table', () => {
  for (const standings of Object.values(CONTROL_TABLE)) {
    const strength = standings.map((standing) =>
      ['excessive', 'excessive-when-many', 'optional', 'cost-driven', 'required'].indexOf(standing),
    );
    expect(strength).toEqual(strength.toSorted((a, b) => a - b));
  }
  const required = TIERS.map((_, i) =>
    Object.entries(CONTROL_TABLE)
      .filter(([, standings]) => standings[i] === 'required')
      .map(([id]) => id),
  );
  for (const [i, ids] of required.entries()) expect(required[i + 1] ?? ids).toEqual(expect.arrayContaining(ids));
});

test('what is required is present or missing, and never both', () => {
  holds(manifests(), (manifest) => {
    const { required, optional, excessive, present, missing } = controlled(manifest).controls;
    expect(new Set([...idsOf(present), ...idsOf(missing)])).toEqual(new Set([...idsOf(present), ...idsOf(required)]));
    expect(idsOf(missing).filter((id) => idsOf(present).includes(id))).toEqual([]);
    const standing = [...required, ...optional, ...excessive];
    expect(new Set(idsOf(standing)).size).toBe(standing.length);
    expect(idsOf(missing).every((id) => idsOf(required).includes(id))).toBe(true);
    expect(idsOf(excessive).every((id) => idsOf(present).includes(id))).toBe(true);
    for (const list of [required, optional, excessive, present, missing]) {
      expect(idsOf(list)).toEqual(CONTROLS.filter((id) => idsOf(list).includes(id)));
    }
    expect(missing.every(({ evidence }) => evidence === '')).toBe(true);
    expect(present.every(({ evidence }) => evidence !== '')).toBe(true);
  });
});

test('no over-control finding ever names a gate on a high-stakes tool', () => {
  holds(manifests(), (manifest) => {
    const { controls, highStakes } = assess(agentOf(manifest));
    if (highStakes.some(({ access }) => access === 'ask'))
      expect(idsOf(controls.excessive)).not.toContain('approval-gates');
  });
});

test('gates are too much at medium only above the line', () => {
  holds(manifests(), (manifest) => {
    const { controls, tier, stage, approvalsPerDay } = assess(agentOf(manifest));
    if (tier !== 'medium' || stage !== 'none' || !idsOf(controls.excessive).includes('approval-gates')) return;
    expect(approvalsPerDay).toBeGreaterThan(GATED_CALLS_A_DAY);
  });
});

/** Every agent of the tree without a network. */
function closed(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest);
  for (const one of everyManifest(copy)) one.network = { ...one.network, egress: 'none' };
  return copy;
}

test('an allowlist is shown when no agent of the tree reaches a host that is not named', () => {
  const good: readonly string[] = GOOD_HOSTS;
  holds(manifests(), (manifest) => {
    const bounded = everyManifest(manifest).every(({ network }) =>
      network?.egress === 'listed'
        ? network.allowedHosts?.every((host) => good.includes(host))
        : network?.egress === 'none',
    );
    expect(idsOf(controlled(manifest).controls.present).includes('egress-allowlist')).toBe(bounded);
  });
});

test('credentials are scoped when those of every agent are', () => {
  holds(manifests(), (manifest) => {
    const scoped = everyManifest(manifest).every(({ credentials }) =>
      Object.values(credentials ?? {}).every(
        ({ scopes, ttl }) => scopes?.join() === 'a:read' && (ttl === '15m' || ttl === '1h'),
      ),
    );
    expect(idsOf(controlled(manifest).controls.present).includes('scoped-tokens')).toBe(scoped);
  });
});

test('a concern about cost and subagents, anywhere in the tree, ask for a ceiling on money and loops', () => {
  holds(manifests(), (manifest) => {
    const tree = everyManifest(manifest);
    if (tree.length === 1 && manifest.concern !== 'cost') return;
    expect(idsOf(controlled(manifest).controls.required)).toEqual(expect.arrayContaining(['spend-cap', 'loop-limit']));
  });
});

/** A manifest that shows one more control; the tier must be the same, since a shown sandbox may lower it. */
const MORE: { id: Control; show: (manifest: Manifest) => Manifest }[] = [
  { id: 'rate-limit', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, callsPerMinute: 30 } }) },
  { id: 'token-budget', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, tokensPerSession: 1000 } }) },
  { id: 'spend-cap', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, usdPerDay: 5 } }) },
  { id: 'loop-limit', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, repeatsPerCall: 3 } }) },
  { id: 'egress-allowlist', show: closed },
  ...DECLARABLE_CONTROLS.map((id) => ({
    id,
    show: (manifest: Manifest): Manifest => ({
      ...manifest,
      controls: { ...manifest.controls, [id]: { evidence: 'runbook/42' } },
    }),
  })),
];

test('adding a control adds nothing to what is missing, and only signed records at light to what is too much', () => {
  holds(manifests(), (manifest) => {
    const before = controlled(manifest);
    for (const { id, show } of MORE) {
      const after = controlled(show(manifest));
      expect(rank(after.tier)).toBeLessThanOrEqual(rank(before.tier));
      expect(idsOf(before.controls.missing)).toEqual(expect.arrayContaining(idsOf(after.controls.missing)));
      expect(idsOf(after.controls.missing)).not.toContain(id);
      const added = idsOf(after.controls.excessive).filter((one) => !idsOf(before.controls.excessive).includes(one));
      if (after.tier === before.tier)
        expect(added.every((one) => one === id && one === 'signed-audit' && after.tier === 'light')).toBe(true);
    }
  });
});

test('removing authority never adds to what is missing', () => {
  holds(manifests(), (manifest) => {
    const before = idsOf(controlled(manifest).controls.missing);
    const denied = variants(manifest, ({ tools }) =>
      Object.keys(tools).map((tool) => withFact(tool, 'access', 'deny')),
    );
    for (const changed of denied) {
      const added = idsOf(controlled(changed).controls.missing).filter((id) => !before.includes(id));
      if (added.length > 0) expect({ changed, added }).toEqual({ manifest, added: [] });
    }
  });
});

describe('by hand', () => {
  const base: Manifest = {
    schemaVersion: 1,
    agent: { id: 'a' },
    autonomy: { initiation: 'human', review: 'none' },
    inputs: { untrusted: false },
    data: {},
    tools: {},
  };
  const write: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none' };
  const read: ToolFacts = { effect: 'read', egress: 'none' };
  const standingOf = (id: Control, manifest: Partial<Manifest>) => {
    const { controls } = controlled({ ...base, ...manifest });
    return (['required', 'optional', 'excessive'] as const).filter((standing) =>
      idsOf(controls[standing]).includes(id),
    );
  };

  test('at light a gate is too much', () => {
    expect(standingOf('approval-gates', { tools: { 's/t': { ...read, access: 'ask' } } })).toEqual(['excessive']);
    expect(standingOf('approval-gates', { tools: { 's/t': read } })).toEqual([]);
  });

  test.each([
    [25, ['excessive']],
    [20, ['optional']],
    [undefined, ['optional']],
  ] as const)('at medium a gate on %s calls a day is %j', (callsPerDay, expected) => {
    const facts: ToolFacts = { ...write, access: 'ask', ...(callsPerDay ? { callsPerDay } : {}) };
    expect(standingOf('approval-gates', { tools: { 's/t': facts } })).toEqual(expected);
  });

  test('at full a bounded tool needs no gate, and only that one', () => {
    const bounded: ToolFacts = {
      ...write,
      reversible: false,
      arguments: { type: 'object' },
      maxCallsPerDay: 5,
      because: 'small amounts',
    };
    const credentials = { KEY: { servers: ['s'], scopes: ['refunds:write'], ttl: '15m' } };
    const sharp: ToolFacts = { ...write, reversible: false };
    expect(standingOf('approval-gates', { credentials, tools: { 's/t': bounded } })).toEqual(['optional']);
    expect(standingOf('approval-gates', { credentials, tools: { 's/t': bounded, 'x/u': sharp } })).toEqual([
      'required',
    ]);
    expect(standingOf('approval-gates', { tools: { 's/t': bounded } })).toEqual(['required']);
    expect(standingOf('approval-gates', { credentials, tools: { 's/t': { ...bounded, arbitrary: true } } })).toEqual([
      'required',
    ]);
    const wide = { KEY: { servers: ['s'], scopes: ['refunds:*'], ttl: '15m' } };
    expect(standingOf('approval-gates', { credentials: wide, tools: { 's/t': bounded } })).toEqual(['required']);
  });

  const present = (manifest: Partial<Manifest>) => idsOf(controlled({ ...base, ...manifest }).controls.present);

  test.each([
    [undefined, false],
    [{}, false],
    [{ egress: 'none' }, true],
    [{ egress: 'open', allowedHosts: ['docs.example.com'] }, false],
    [{ egress: 'listed' }, false],
    [{ egress: 'listed', allowedHosts: [] }, true],
    [{ egress: 'listed', allowedHosts: ['docs.example.com'] }, true],
    [{ egress: 'listed', allowedHosts: ['docs.example.com', '*.example.com'] }, false],
    [{ egress: 'listed', allowedHosts: ['docs.*.com'] }, false],
    [{ egress: 'listed', allowedHosts: ['github.com'] }, false],
    [{ egress: 'listed', allowedHosts: ['anybody.github.io:443'] }, false],
  ] as [Manifest['network'], boolean][])(
    'of %j it is %j that it is an allowlist, wherever in the tree',
    (network, is) => {
      const stated = network ? { network } : {};
      const below = (inner: Manifest): NonNullable<Manifest['subagents']> => ({ helper: { manifest: inner } });
      const none: Manifest = { ...base, network: { egress: 'none' } };
      const leaf: Manifest = { ...base, agent: { id: 'c' }, ...stated };
      expect(present(stated).includes('egress-allowlist')).toBe(is);
      expect(present({ ...none, subagents: below(leaf) }).includes('egress-allowlist')).toBe(is);
      const middle: Manifest = { ...none, agent: { id: 'b' }, subagents: below(leaf) };
      expect(present({ ...none, subagents: below(middle) }).includes('egress-allowlist')).toBe(is);
    },
  );

  test('who drives the cost is named', () => {
    const helper = { manifest: { ...base, agent: { id: 'b' }, concern: 'cost' as const } };
    const because = (manifest: Partial<Manifest>) =>
      controlled({ ...base, ...manifest }).controls.required.find(({ id }) => id === 'spend-cap')?.because;
    expect(because({})).toBeUndefined();
    expect(because({ concern: 'cost' })).toBe('the concern is cost');
    expect(because({ subagents: { helper } })).toBe('the concern of `b` is cost');
    expect(because({ subagents: { helper: { manifest: { ...base, agent: { id: 'b' } } } } })).toBe('it has subagents');
  });

  test('a person who starts the subagent when it runs alone is not there when an event starts the tree', () => {
    const sharp = { 's/t': { ...write, reversible: false, access: 'ask' } } as const;
    const shown = (initiation: 'human' | 'event', approvers: string[]) => {
      const inner: Manifest = { ...base, agent: { id: 'b' }, tools: sharp, approvals: { approvers } };
      return present({ autonomy: { initiation }, subagents: { helper: { manifest: inner } } }).includes(
        'approval-gates',
      );
    };
    expect([shown('human', []), shown('event', []), shown('event', ['oncall'])]).toEqual([true, false, true]);
  });

  test('signed records are too much at light and required at full', () => {
    const controls = { 'signed-audit': { evidence: 'runbook/42' } };
    expect(standingOf('signed-audit', { controls, tools: { 's/t': read } })).toEqual(['excessive']);
    expect(standingOf('signed-audit', { tools: { 's/t': { effect: 'write', egress: 'none' } } })).toEqual(['required']);
  });

  test('a gate counts only when somebody can be asked', () => {
    const tools = { 's/t': { ...write, reversible: false, access: 'ask' } as const };
    const missing = (autonomy: Manifest['autonomy'], approvers?: string[]) =>
      idsOf(
        controlled({
          ...base,
          tools,
          ...(autonomy ? { autonomy } : {}),
          ...(approvers ? { approvals: { approvers } } : {}),
        }).controls.missing,
      );
    expect(missing({ initiation: 'human' })).not.toContain('approval-gates');
    expect(missing({ initiation: 'event' })).toContain('approval-gates');
    expect(missing({ initiation: 'event' }, [])).toContain('approval-gates');
    expect(missing({ initiation: 'event' }, ['oncall'])).not.toContain('approval-gates');
    // No agent is a person, whoever names it.
    expect(missing({ initiation: 'event' }, [base.agent.id])).toContain('approval-gates');
  });
});
