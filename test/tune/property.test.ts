import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { findingsOf } from '../../src/lint/run.ts';
import { type Agent, agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Policy } from '../../src/model/policy.ts';
import { compareTiers } from '../../src/model/tiers.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { type Observed, startObserving } from '../../src/tune/observe.ts';
import { propose } from '../../src/tune/propose.ts';
import { watched } from '../../src/tune/tune.ts';
import { policiesOf, seatsOf } from '../../src/tune/views.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { smallManifests } from '../arbitraries/manifest.ts';
import { BEGIN, habits, type Simulated, simulate } from './simulated.fixture.ts';

const DAYS = 40;
const SETTINGS = { minDays: 30, minApprovals: 60 };
/** A case is forty days of calls, twice. */
const COSTLY = 4;

function observed(
  root: Agent,
  { policy, digest, calls }: Simulated,
): { seen: Observed; policies: Map<string, Policy> } {
  const now = policiesOf([root]);
  if (now.state !== 'ok') throw new Error('no policy');
  const policies = new Map([[digest, policy]]);
  const observing = startObserving({
    agents: watched(seatsOf([root]), now.value),
    policies,
    since: new Date(BEGIN).toISOString(),
    until: '2027-01-01T00:00:00.000Z',
  });
  observing.nextLog(0, 'log');
  for (const call of calls) observing.add(call, true);
  return { seen: observing.end(), policies };
}

function tuned(root: Agent, { seen, policies }: ReturnType<typeof observed>) {
  const made = propose([root], {
    observed: seen,
    policies,
    settings: SETTINGS,
    trustOf: () => 'proven',
    directions: ['tighten', 'loosen'],
    ids: [],
    obstacle: () => undefined,
  });
  return { ...made, root: made.roots[0] ?? root };
}

const under = (root: Agent) => findingsOf([root], rules).filter(({ direction }) => direction === 'under');
const byRule = (root: Agent) =>
  under(root).reduce((counts, { rule }) => counts.set(rule, (counts.get(rule) ?? 0) + 1), new Map<string, number>());

const ungated = ({ highStakes }: ReturnType<typeof assess>) =>
  highStakes
    .filter(({ access }) => access === 'allow' || access === 'unknown')
    .map(({ agent, tool }) => `${agent} ${tool}`);

const told = { tighten: 0, loosen: 0 };

test('all proposals together add no finding of too little control, raise no tier, and leave nothing to propose', () => {
  const cases = fc.tuple(smallManifests, fc.array(habits, { minLength: 1, maxLength: 5 }));
  holds(
    cases,
    ([manifest, manners]: [Manifest, Parameters<typeof simulate>[1]]) => {
      const root = agentOf(manifest);
      const before = simulate(root, manners, DAYS);
      if (before === undefined) return;
      const records = observed(root, before);
      const first = tuned(root, records);
      for (const { direction } of first.proposals) told[direction]++;
      const ids = first.proposals.map(({ id }) => id);
      const why = JSON.stringify({ ids, manifest, manners });

      const [was, is] = [assess(root), assess(first.root)];
      expect(compareTiers(is.tier, was.tier), why).toBeLessThanOrEqual(0);
      const counts = byRule(root);
      for (const [rule, count] of byRule(first.root))
        expect(count, `${rule} ${why}`).toBeLessThanOrEqual(counts.get(rule) ?? 0);
      expect(ungated(was), why).toEqual(expect.arrayContaining(ungated(is)));
      const missing = ({ controls }: typeof was) => controls.missing.map(({ id }) => id);
      expect(missing(was), why).toEqual(expect.arrayContaining(missing(is)));

      expect(
        tuned(first.root, records).proposals.map(({ id }) => id),
        why,
      ).toEqual([]);
      const after = simulate(first.root, manners, DAYS);
      if (after === undefined) return;
      const second = tuned(first.root, observed(first.root, after)).proposals;
      // Calls that run only now are evidence that there was not before: of other things, and not of what was tuned.
      const hasMore = first.proposals.some(({ direction, kind }) => direction === 'loosen' && kind !== 'open-gate');
      const pointers = new Set(first.proposals.map(({ agent, pointer }) => `${agent} ${pointer}`));
      const again = second.filter(({ agent, pointer }) => !hasMore || pointers.has(`${agent} ${pointer}`));
      expect(
        again.map(({ text }) => text),
        why,
      ).toEqual([]);
    },
    Math.ceil(CASES / COSTLY),
  );
  expect(told.tighten).toBeGreaterThan(0);
  expect(told.loosen).toBeGreaterThan(0);
});
