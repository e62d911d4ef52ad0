import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameFaults } from '../../src/manifest/names.ts';
import { agentOf, agentsOf } from '../../src/manifest/tree.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { subjectOf } from '../../src/rules/subject.ts';
import { holds } from '../arbitraries/cases.ts';
import { minimal } from '../arbitraries/minimal.ts';
import { spoken } from '../arbitraries/spoken.ts';

test('the generator makes the least of every tier', () => {
  const tiers = fc.sample(minimal, { numRuns: 200, seed: 7 }).map(({ manifest }) => subjectOf(agentOf(manifest)).tier);
  expect([...new Set(tiers)].sort()).toEqual([...TIERS].sort());
});

test('the least that is right at each tier has no finding', () => {
  holds(minimal, ({ tier, manifest }) => {
    const root = agentOf(manifest);
    const { tier: found, controls } = subjectOf(root);
    const faults = agentsOf(root).flatMap((agent) => nameFaults(agent.manifest).map(({ message }) => message));
    const told = [...spoken(root, rules).keys()];
    const silent = { tier, told: [], faults: [], missing: [], excessive: [] };
    if (told.length > 0 || found !== tier || faults.length > 0 || controls.missing.length > 0)
      expect({ tier: found, told, faults, ...controls }, JSON.stringify(manifest)).toEqual(silent);
  });
});

test('without any one of its controls and limits it has a finding of too little control', () => {
  const under = rules.filter(({ direction }) => direction === 'under');
  holds(minimal, ({ manifest }) => {
    for (const control of Object.keys(manifest.controls ?? {})) {
      const { [control as keyof typeof manifest.controls]: _, ...rest } = manifest.controls ?? {};
      const told = [...spoken(agentOf({ ...manifest, controls: rest }), under).values()].map(({ rule }) => rule.id);
      if (!told.includes(`missing-${control}`)) expect({ without: control, told }).toEqual({ manifest });
    }
    for (const limit of Object.keys(manifest.limits ?? {})) {
      const { [limit as keyof typeof manifest.limits]: _, ...rest } = manifest.limits ?? {};
      const told = [...spoken(agentOf({ ...manifest, limits: rest }), under).keys()];
      if (told.length === 0) expect({ without: limit }).toEqual({ manifest });
    }
  });
});
