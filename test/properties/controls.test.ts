import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { CONTROL_TABLE, GATED_CALLS_A_DAY } from '../../src/assess/controls.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { ControlEntry } from '../../src/model/assessment.ts';
import { CONTROLS, type Control, DECLARABLE_CONTROLS } from '../../src/model/controls.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { rank } from '../arbitraries/sites.ts';

const idsOf = (entries: readonly ControlEntry[]): Control[] => entries.map(({ id }) => id);

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
    const { required, optional, excessive, present, missing } = assess(agentOf(manifest)).controls;
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

/** A manifest that shows one more control; the tier must be the same, since a shown sandbox may lower it. */
const MORE: { id: Control; show: (manifest: Manifest) => Manifest }[] = [
  { id: 'rate-limit', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, callsPerMinute: 30 } }) },
  { id: 'token-budget', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, tokensPerSession: 1000 } }) },
  { id: 'spend-cap', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, usdPerDay: 5 } }) },
  { id: 'loop-limit', show: (manifest) => ({ ...manifest, limits: { ...manifest.limits, repeatsPerCall: 3 } }) },
  { id: 'egress-allowlist', show: (manifest) => ({ ...manifest, network: { ...manifest.network, egress: 'none' } }) },
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
    const before = assess(agentOf(manifest));
    for (const { id, show } of MORE) {
      const after = assess(agentOf(show(manifest)));
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
    const before = assess(agentOf(manifest)).controls;
    for (const tool of Object.keys(manifest.tools)) {
      const denied = {
        ...manifest,
        tools: { ...manifest.tools, [tool]: { ...manifest.tools[tool], access: 'deny' as const } },
      };
      const { missing } = assess(agentOf(denied)).controls;
      const added = idsOf(missing).filter((id) => !idsOf(before.missing).includes(id));
      if (added.length > 0) expect({ tool, added }).toEqual({});
    }
  });
});
