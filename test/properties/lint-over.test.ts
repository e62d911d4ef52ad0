import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessOf } from '../../src/assess/describe.ts';
import { findingsOf } from '../../src/lint/run.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { nameFaults } from '../../src/manifest/names.ts';
import { patchedAgent } from '../../src/manifest/patch.ts';
import { type Agent, agentOf, agentsOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { needlessGates } from '../../src/rules/parts/gates.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { subjectOf } from '../../src/rules/subject.ts';
import { pointerOf } from '../../src/source/pointer.ts';
import { holds } from '../arbitraries/cases.ts';
import { gated } from '../arbitraries/gated.ts';
import { padded } from '../arbitraries/idle.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { spoken } from '../arbitraries/spoken.ts';

const over = rules.filter(({ direction }) => direction === 'over');
const under = rules.filter(({ direction }) => direction === 'under');
/** Rules that speak of how often people are asked. */
const COUNTING: readonly string[] = ['gated-undoable-write', 'review-each-action', 'approval-load'];

test('no over finding is about a high-stakes tool, and none names one', () => {
  let found = 0;
  holds(fc.oneof(manifests(), gated), (manifest) => {
    const subject = subjectOf(agentOf(manifest));
    for (const rule of over) {
      for (const { agent = subject.root, pointer, message, help, fix } of rule.check(subject)) {
        found++;
        for (const pair of subject.worst.highStakes) {
          if (pair.agent !== agent) continue;
          const tool = pointerOf('tools', pair.tool);
          const paths = [pointer, ...(fix?.patch ?? []).map(({ path }) => path.slice(agent.base.length))];
          expect(paths.filter((path) => path === tool || path.startsWith(`${tool}/`))).toEqual([]);
          expect(`${message} ${help}`).not.toContain(`\`${pair.tool}\``);
        }
      }
    }
  });
  expect(found).toBeGreaterThan(0);
});

test('what an over finding proposes leaves every high-stakes tool that asks asking, and the tier no higher', () => {
  let tried = 0;
  holds(fc.oneof(manifests(), gated), (manifest) => {
    const root = agentOf(manifest);
    const subject = subjectOf(root);
    const asks = (of: typeof subject) =>
      [...of.worst.highStakes]
        .filter((pair) => accessOf(pair, of.worst) === 'ask')
        .map(({ agent, tool }) => `${agent.id} ${tool}`);
    for (const { patch } of findingsOf([root], over)) {
      if (patch.length === 0) continue;
      tried++;
      const after = subjectOf(patchedAgent(root, patch));
      expect(asks(after)).toEqual(asks(subject));
      expect(after.tier).toBe(subject.tier);
    }
  });
  expect(tried).toBeGreaterThan(0);
});

test('where one volume is not stated, nothing is said of how often people are asked', () => {
  const counting = over.filter(({ id }) => COUNTING.includes(id));
  expect(counting.map(({ id }) => id).sort()).toEqual([...COUNTING].sort());
  let silenced = 0;
  holds(gated, (manifest) => {
    const subject = subjectOf(agentOf(manifest));
    const many = [...subject.worst.highStakes].filter((pair) => accessOf(pair, subject.worst) === 'ask');
    const mild = needlessGates(subject).flatMap(({ pair, of }) => (of === 'write' ? [pair] : []));
    for (const rule of counting) {
      if (rule.check(subject).length === 0) continue;
      for (const { tool } of rule.id === 'approval-load' ? many : mild) {
        silenced++;
        expect(findingsOf([agentOf(withoutVolume(manifest, tool))], [rule])).toEqual([]);
      }
    }
  });
  expect(silenced).toBeGreaterThan(0);
});

test('a tool of which nothing is known is never too controlled', () => {
  holds(manifests({ depth: 0 }), (manifest) => {
    const [tool] = Object.keys(manifest.tools);
    if (tool === undefined) return;
    const { data: _, ...rest } = manifest;
    const unknown: Manifest = { ...rest, tools: { ...manifest.tools, [tool]: { access: 'ask', callsPerDay: 500 } } };
    const pointers = findingsOf([agentOf(unknown)], over).map(({ pointer }) => pointer);
    expect(pointers.filter((pointer) => pointer.startsWith(pointerOf('tools', tool)))).toEqual([]);
  });
});

test('a safe fix removes its finding, leaves a file that loads, and brings no under finding', () => {
  let fixed = 0;
  holds(padded, (manifest) => {
    fixed += fixesHold(agentOf(manifest));
  });
  expect(fixed).toBeGreaterThan(0);
});

test.each(rules.map((rule) => [rule.id, rule] as const))('%s: fixes of its examples hold', (_, rule) => {
  for (const { manifest } of rule.examples.bad) {
    const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', manifest.trimStart());
    if (loaded.state !== 'ok') throw new Error(loaded.state);
    for (const root of loaded.value) fixesHold(root);
  }
});

/** How many safe fixes there were; fails where one does not do what it says. */
function fixesHold(root: Agent): number {
  const all = spoken(root, rules);
  const safe = [...all].filter(([, { found }]) => found.fix?.kind === 'safe');
  for (const [key, { rule, found }] of safe) {
    const after = patchedAgent(root, found.fix?.patch ?? []);
    const now = [...spoken(after, rule.direction === 'under' ? under : [rule, ...under]).keys()];
    const faults = agentsOf(after).flatMap((agent) => nameFaults(agent.manifest));
    const added = now.filter((other) => other === key || !all.has(other));
    if (faults.length + added.length > 0) expect({ mended: key, faults, added }).toEqual({ root: root.manifest });
  }
  return safe.length;
}

function withoutVolume(manifest: Manifest, tool: string): Manifest {
  const { callsPerDay: _, ...facts } = manifest.tools[tool] ?? {};
  return { ...manifest, tools: { ...manifest.tools, [tool]: facts } };
}
