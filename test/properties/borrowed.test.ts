import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import type { Catalogue } from '../../src/config/catalogue.ts';
import { completionOf } from '../../src/config/complete.ts';
import { type Agent, agentOf, agentsOf } from '../../src/manifest/tree.ts';
import type { DataScope, Manifest } from '../../src/model/manifest.ts';
import { CLASSIFICATIONS, DATA_SOURCES } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { rank } from '../arbitraries/sites.ts';

type Scopes = Readonly<Record<string, DataScope>>;

/** The agent where an organisation offers these scopes. */
function borrowing(manifest: Manifest, scopes: Scopes, locked = false): Agent {
  const place = () => ({ file: 'd.yaml', document: 0, pointer: '', line: 1, column: 1, endLine: 1, endColumn: 1 });
  const catalogue: Catalogue = {
    find: (name) => (Object.hasOwn(scopes, name) ? { scope: scopes[name] ?? {}, place, locked } : undefined),
    names: () => Object.keys(scopes),
    loosened: () => [],
  };
  const { manifest: whole, given } = completionOf([], catalogue, (file) => file).complete(manifest, 'a.agent.yaml');
  const root = agentOf(whole);
  for (const agent of agentsOf(root)) agent.given = given;
  return root;
}

const scope: fc.Arbitrary<DataScope> = fc.record(
  { classification: fc.constantFrom(...CLASSIFICATIONS), source: fc.constantFrom(...DATA_SOURCES) },
  { requiredKeys: [], noNullPrototype: true },
);
const scopesNamed = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), scope, { noNullPrototype: true });
const OWN = ['customers', 'kb', 'logs 2.0'];

/** The manifest and those inside it, each with another map of data. */
function withData(manifest: Manifest, change: (manifest: Manifest) => Manifest['data']): Manifest {
  const { data: _, ...rest } = manifest;
  const data = change(manifest);
  const inner = Object.entries(manifest.subagents ?? {}).map(([name, { manifest: one }]) => [
    name,
    { manifest: typeof one === 'string' ? one : withData(one, change) },
  ]);
  return {
    ...rest,
    ...(data ? { data } : {}),
    ...(manifest.subagents ? { subagents: Object.fromEntries(inner) } : {}),
  };
}

const namedIn = ({ tools }: Manifest) => new Set(Object.values(tools).flatMap(({ data }) => data ?? []));

test('scopes that no tool names change nothing', () => {
  holds(fc.tuple(manifests(), scopesNamed('a', 'b', '(unknown)', 'constructor')), ([manifest, scopes]) => {
    const agent = borrowing(manifest, scopes);
    expect(agent.manifest).toEqual(manifest);
    expect(assess(agent)).toEqual(assess(agentOf(manifest)));
  });
});

test('scopes that the manifest has change nothing unless they are locked', () => {
  holds(fc.tuple(manifests(), scopesNamed(...OWN)), ([manifest, scopes]) => {
    const own = withData(manifest, ({ data }) => data);
    for (const { manifest: inner } of agentsOf(agentOf(own)))
      for (const name of namedIn(inner)) if (!Object.hasOwn(inner.data ?? {}, name)) return;
    expect(assess(borrowing(own, scopes))).toEqual(assess(agentOf(own)));
  });
});

test('a locked scope never lowers a tier but by classifying what was unknown', () => {
  holds(fc.tuple(manifests(), scopesNamed(...OWN)), ([manifest, scopes]) => {
    const classified = withData(
      manifest,
      ({ data }) =>
        data &&
        Object.fromEntries(
          Object.entries(data).map(([name, facts]) => [
            name,
            { ...(scopes[name]?.classification ? { classification: scopes[name].classification } : {}), ...facts },
          ]),
        ),
    );
    const [locked, before] = [assess(borrowing(manifest, scopes, true)), assess(agentOf(classified))];
    expect(rank(locked.tier)).toBeGreaterThanOrEqual(rank(before.tier));
    expect(rank(locked.floor)).toBeGreaterThanOrEqual(rank(before.floor));
  });
});

test('what is borrowed counts as what is written, and never says that there is nothing else', () => {
  let moved = 0;
  holds(manifests(), (manifest) => {
    // Each name means one thing to every agent of a tree, as it does in a catalogue.
    const meaning: Record<string, DataScope> = {};
    for (const { manifest: inner } of agentsOf(agentOf(manifest)))
      for (const [name, facts] of Object.entries(inner.data ?? {})) meaning[name] ??= facts;
    const written = withData(
      manifest,
      ({ data }) => data && Object.fromEntries(Object.keys(data).map((name) => [name, meaning[name] ?? {}])),
    );
    const lent = (inner: Manifest) =>
      inner.data && Object.fromEntries(Object.entries(inner.data).filter(([name]) => !namedIn(inner).has(name)));
    const kept = withData(written, lent);
    const [before, after] = [assess(agentOf(written)), assess(borrowing(kept, meaning))];
    expect([after.tier, after.floor]).toEqual([before.tier, before.floor]);
    // Without a map of its own a manifest leaves open what it does not name.
    const mapless = withData(kept, (inner) => {
      const { data } = inner;
      return data && Object.keys(data).length === 0 ? undefined : data;
    });
    const said = withData(mapless, (inner) => ({
      ...inner.data,
      ...Object.fromEntries([...namedIn(inner)].map((name) => [name, meaning[name] ?? {}])),
      ...(inner.data ? {} : { 'who knows': {} }),
    }));
    const [open, equal] = [assess(borrowing(mapless, meaning)), assess(agentOf(said))];
    expect([open.tier, open.floor]).toEqual([equal.tier, equal.floor]);
    if (JSON.stringify(kept) !== JSON.stringify(written)) moved += 1;
  });
  expect(moved).toBeGreaterThan(20);
});
