import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';

/** The same value with the keys of every map in another order; lists of facts keep theirs. */
function reordered<T>(value: T, by: (keys: string[]) => string[]): T {
  if (Array.isArray(value)) return value.map((inner) => reordered(inner, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reordered(inner, by)]));
  return Object.fromEntries(by(Object.keys(entries)).map((key) => [key, entries[key]])) as T;
}

/** Everything an assessment says, without the order it says it in and the lines it points to. */
function said({
  agents,
  reach,
  data,
  highStakes,
  disclosurePaths,
  questions,
  advice,
  trail,
  controls,
  ...rest
}: Assessment) {
  const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  return {
    ...rest,
    agents: sorted(agents.map(({ place, startedBy, ...one }) => ({ ...one, startedBy: startedBy.toSorted() }))),
    reach: sorted(reach.map(({ place, ...tool }) => tool)),
    data: sorted(data),
    highStakes: sorted(highStakes.map(({ because, ...tool }) => ({ ...tool, because: because.toSorted() }))),
    // The path names the first way in and the first data of the highest class.
    disclosurePaths: sorted(disclosurePaths.map(({ certain, exit }) => ({ certain, exit }))),
    // A fact about a tool that reaches several scopes names the first of them.
    trail: trail.map(({ because, ...step }) => ({ ...step, because: sorted(because.map(({ agent }) => agent)) })),
    controls: Object.entries(controls).map(([standing, entries]) => [
      standing,
      entries.map(({ id }: { id: string }) => id),
    ]),
    atGraduation: rest.atGraduation?.map(({ id }) => id),
    questions: questions.map(({ id }) => id).sort(),
    advice: advice.map(({ tier }) => tier),
    first: advice[0] && [advice[0].tier, [...advice[0].id.split('+')].sort()],
  };
}

test('the order of keys never matters', () => {
  holds(fc.tuple(manifests(), fc.infiniteStream(fc.integer({ min: 0, max: 99 }))), ([manifest, stream]) => {
    const shuffled = reordered(manifest, (keys) =>
      keys
        .map((key) => ({ key, at: Number(stream.next().value) }))
        .sort((a, b) => a.at - b.at)
        .map(({ key }) => key),
    );
    expect(said(assess(agentOf(shuffled)))).toEqual(said(assess(agentOf(manifest))));
  });
});

test('the order of documents never matters', () => {
  holds(fc.array(manifests({ depth: 0 }), { minLength: 1, maxLength: 3 }), (list) => {
    const named = list.map(
      (manifest, i): Manifest => ({ ...manifest, agent: { ...manifest.agent, id: `agent-${i}` } }),
    );
    const root: Manifest = {
      schemaVersion: 1,
      agent: { id: 'root' },
      tools: {},
      subagents: Object.fromEntries(named.map(({ agent: { id } }) => [id, { manifest: `#${id}` }])),
    };
    const results = [
      [root, ...named],
      [...named.toReversed(), root],
    ].map((documents) => {
      const text = documents.map((document) => JSON.stringify(document)).join('\n---\n');
      const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', text);
      if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems));
      const assessments = loaded.value.map((agent) => assess(agent)).sort((a, b) => (a.agent < b.agent ? -1 : 1));
      return assessments.map((one) => ({ ...said(one), document: 0, place: undefined }));
    });
    expect(results[1]).toEqual(results[0]);
  });
});
