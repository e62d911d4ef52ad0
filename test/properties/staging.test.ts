import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { reachOf } from '../../src/assess/reach.ts';
import { isStagingOnly } from '../../src/assess/stage.ts';
import { agentOf, agentsOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { ENVIRONMENTS } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { rank, variants, withFact } from '../arbitraries/sites.ts';

/** The manifest without the facts that would keep it out of staging. */
function tamed(manifest: Manifest): Manifest {
  const data = Object.entries(manifest.data ?? {}).map(([name, scope]) => [
    name,
    { ...scope, source: 'synthetic' as const },
  ]);
  const credentials = Object.entries(manifest.credentials ?? {}).map(([name, facts]) => [
    name,
    { ...facts, mode: 'test' as const },
  ]);
  const tools = Object.entries(manifest.tools)
    .filter(([tool]) => !tool.endsWith('/*'))
    .map(([tool, facts]) => [
      tool,
      { effect: 'read', ...facts, ...(facts.arbitrary ? { arbitrary: false } : {}), egress: 'none' },
    ]);
  const subagents = Object.entries(manifest.subagents ?? {}).map(([name, { manifest: inner }]) => [
    name,
    { manifest: typeof inner === 'string' ? inner : tamed(inner) },
  ]);
  return {
    ...manifest,
    agent: { ...manifest.agent, environment: 'staging' },
    data: Object.fromEntries(data),
    credentials: Object.fromEntries(credentials),
    tools: Object.fromEntries(tools),
    // No file that no scope names.
    filesystem: { read: [], ...manifest.filesystem },
    ...(manifest.subagents ? { subagents: Object.fromEntries(subagents) } : {}),
  };
}

test('the environment never changes the tier, the floor or what holds them', () => {
  holds(manifests(), (manifest) => {
    const [first, ...others] = [undefined, ...ENVIRONMENTS].map((environment) => {
      const { id } = manifest.agent;
      const { tier, floor, trail, highStakes, advice, questions } = assess(
        agentOf({ ...manifest, agent: { id, ...(environment ? { environment } : {}) } }),
      );
      return { tier, floor, trail, highStakes, advice, questions };
    });
    for (const other of others) expect(other).toEqual(first);
  });
});

test('staging is only for agents that are known to be cut off from production', () => {
  holds(manifests(), (manifest) => {
    const root = agentOf(manifest);
    const { stage, atGraduation, controls, tier } = assess(root);
    expect(atGraduation === null).toBe(stage === 'none');
    if (stage === 'none') return;
    const { environment } = manifest.agent;
    expect(environment === 'prototype' || environment === 'staging').toBe(true);
    for (const { agent, scopes, writes, exits, hidden } of reachOf(root).pairs) {
      expect(hidden.worst).toBe(false);
      for (const { name } of scopes) expect(['staging', 'synthetic']).toContain(agent.manifest.data?.[name]?.source);
      expect(writes.worst && exits.worst).toBe(false);
    }
    for (const { manifest: one } of agentsOf(root)) {
      for (const { mode } of Object.values(one.credentials ?? {})) expect(mode).toBe('test');
    }
    expect(controls.required.map(({ id }) => id)).toContain('staging-boundary');
    const graduated = assess(agentOf({ ...manifest, agent: { id: manifest.agent.id, environment: 'production' } }));
    expect(graduated.tier).toBe(tier);
    expect(new Set(atGraduation?.map(({ id }) => id))).toEqual(
      new Set(graduated.controls.required.map(({ id }) => id)),
    );
  });
});

test('one fact that is open or of production ends it', () => {
  holds(manifests(), (manifest) => {
    const calm = tamed(manifest);
    expect(assess(agentOf(calm)).stage).toBe('staging-only');
    const worse = variants(calm, ({ tools, data, credentials }) => [
      ...Object.entries(tools)
        .filter(([, { access, effect }]) => access !== 'deny' && effect === 'write')
        .flatMap(([tool]) => [
          withFact(tool, 'egress', 'open'),
          (copy: Manifest) => void delete copy.tools[tool]?.egress,
        ]),
      ...Object.keys(data ?? {})
        .filter((name) =>
          Object.values(tools).some((facts) => facts.access !== 'deny' && (facts.data?.includes(name) ?? true)),
        )
        .flatMap((name) => [
          (copy: Manifest) => void Object.assign(copy.data?.[name] ?? {}, { source: 'production' }),
          (copy: Manifest) => void delete copy.data?.[name]?.source,
        ]),
      ...Object.keys(credentials ?? {}).flatMap((name) => [
        (copy: Manifest) => void Object.assign(copy.credentials?.[name] ?? {}, { mode: 'live' }),
        (copy: Manifest) => void delete copy.credentials?.[name]?.mode,
      ]),
      ...Object.entries(tools)
        .filter(([, { access }]) => access !== 'deny')
        .flatMap(([tool]) => [
          // Code of the caller's own, held back from writing and sending but not from files.
          (copy: Manifest) => {
            const held: ToolFacts = { effect: 'read', egress: 'none', arbitrary: true, because: 'it is held' };
            copy.tools[tool] = { ...copy.tools[tool], ...held };
            delete copy.controls;
          },
          ...(['Read', 'Bash', 'Oracle'].includes(tool) ? [(copy: Manifest) => void delete copy.filesystem?.read] : []),
        ]),
    ]);
    for (const changed of worse) {
      const root = agentOf(changed);
      expect(isStagingOnly(root, reachOf(root))).toBe(false);
    }
  });
});

describe('by hand', () => {
  const base = { schemaVersion: 1, agent: { id: 'a', environment: 'staging' }, data: {} } as const;
  const shell: ToolFacts = { effect: 'write', egress: 'none', arbitrary: true, because: 'no network inside' };
  const sandbox = { evidence: 'runbook/42' };
  const stageOf = (manifest: Manifest) => assess(agentOf(manifest)).stage;

  test('writes are free inside the boundary', () => {
    const { stage, tier, controls } = assess(
      agentOf({ ...base, tools: { 'db/drop': { effect: 'write', reversible: false, egress: 'none' } } }),
    );
    expect([stage, tier]).toEqual(['staging-only', 'full']);
    expect(controls.required.map(({ id }) => id)).not.toContain('approval-gates');
    expect(rank(tier)).toBe(3);
  });

  test.each([
    ['a file tool that nothing bounds', { Read: { effect: 'read', egress: 'none' } }, {}, 'none'],
    [
      'a file tool, bounded',
      { Read: { effect: 'read', egress: 'none' } },
      { filesystem: { read: [] } },
      'staging-only',
    ],
    ['a built-in nobody knows', { Oracle: { effect: 'read', egress: 'none' } }, {}, 'none'],
    ['a built-in without files', { WebFetch: { effect: 'read', egress: 'none' } }, {}, 'staging-only'],
    ['a shell without a sandbox', { 's/run': shell }, { filesystem: { read: [] } }, 'none'],
    ['a shell in a sandbox', { 's/run': shell }, { filesystem: { read: [] }, controls: { sandbox } }, 'staging-only'],
    ['a file tool that is denied', { Read: { effect: 'read', egress: 'none', access: 'deny' } }, {}, 'staging-only'],
  ] as [string, Manifest['tools'], Partial<Manifest>, string][])('%s', (_, tools, rest, expected) => {
    expect(stageOf({ ...base, ...rest, tools })).toBe(expected);
    const helper = { manifest: { ...base, ...rest, agent: { id: 'b' }, tools } };
    expect(stageOf({ ...base, tools: {}, subagents: { helper } })).toBe(expected);
  });

  test('tools that nobody has listed may reach anything', () => {
    expect(stageOf({ ...base, tools: { 'db/*': { effect: 'read', egress: 'none' } } })).toBe('none');
  });
});
