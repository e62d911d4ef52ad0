import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { nameFaults } from '../../src/manifest/names.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { everyManifest, interval } from '../arbitraries/sites.ts';

const validate = new Ajv({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync('schemas/agent.schema.json', 'utf8')),
);

function expectValid(manifest: unknown): void {
  validate(manifest);
  expect(validate.errors ?? []).toEqual([]);
}

/** `tool: read` wherever a tool says no more than its effect. */
function shortened(manifest: Manifest): unknown {
  const tools = Object.entries(manifest.tools).map(([name, facts]) => [
    name,
    Object.keys(facts).join() === 'effect' ? facts.effect : facts,
  ]);
  const subagents = Object.entries(manifest.subagents ?? {}).map(([name, { manifest: inner }]) => [
    name,
    { manifest: typeof inner === 'string' ? inner : shortened(inner) },
  ]);
  return {
    ...manifest,
    tools: Object.fromEntries(tools),
    ...(manifest.subagents ? { subagents: Object.fromEntries(subagents) } : {}),
  };
}

test('generated manifests follow the schema, also in short', () => {
  holds(manifests(), (manifest) => {
    expectValid(manifest);
    expectValid(shortened(manifest));
    for (const one of everyManifest(manifest)) expect(nameFaults(one)).toEqual([]);
  });
});

/** A manifest that was made has no lines. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'place' ? undefined : inner)));
}

test('a manifest read from text, in short, is assessed like the value it spells', () => {
  holds(manifests(), (manifest) => {
    const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', JSON.stringify(shortened(manifest)));
    if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems));
    const [agent] = loaded.value;
    if (!agent) throw new Error('no agent');
    const assessment = assess(agent);
    expect(withoutPlaces(assessment)).toEqual(assess(agentOf(manifest)));
    expect(assessment.place?.pointer).toBe('/agent/id');
  });
});

test('every tier and every width of the interval is met', () => {
  const seen = new Set<string>();
  const tiers = new Map<string, number>();
  holds(manifests(), (manifest) => {
    const { floor, ceiling } = interval(manifest);
    seen.add(`${floor}-${ceiling}`);
    tiers.set(ceiling, (tiers.get(ceiling) ?? 0) + 1);
  });
  console.info([...tiers].map(([tier, count]) => `${tier} ${count}`).join(', '), `of ${CASES}; ${seen.size} intervals`);
  expect([...tiers.keys()].sort()).toEqual([...TIERS].sort());
});
