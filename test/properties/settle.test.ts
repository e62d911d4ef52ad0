import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reachOf } from '../../src/assess/reach.ts';
import { settling } from '../../src/assess/settle.ts';
import { type Unknown, unknownsOf } from '../../src/assess/unknowns.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { CLASSIFICATIONS } from '../../src/model/vocabulary.ts';
import { answered } from '../arbitraries/answers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { everyManifest, interval } from '../arbitraries/sites.ts';

/** Agents whose tools reach many scopes, some of them together and some without a class. */
const laden = fc
  .record({
    manifest: manifests({ tools: 4, depth: 1 }),
    classes: fc.array(fc.constantFrom(undefined, ...CLASSIFICATIONS), { minLength: 8, maxLength: 14 }),
    lists: fc.array(fc.array(fc.nat(13), { maxLength: 14 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ manifest, classes, lists }) => {
    const copy = structuredClone(manifest);
    const names = classes.map((_, i) => `scope-${i}`);
    for (const one of everyManifest(copy)) {
      const scopes = classes.map((classification, i) => [`scope-${i}`, classification ? { classification } : {}]);
      one.data = { ...one.data, ...Object.fromEntries(scopes) };
      for (const [i, tool] of Object.values(one.tools).entries()) {
        const list = lists[i % (lists.length + 1)];
        if (list) tool.data = list.flatMap((index) => names[index] ?? []);
      }
    }
    return copy;
  });

/** What `server/*` becomes once its tools are listed is for whoever lists them to say, so that there is no one manifest for it. */
function listed(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest);
  for (const { tools } of everyManifest(copy)) {
    for (const name of Object.keys(tools)) if (name.endsWith('/*')) delete tools[name];
  }
  return copy;
}

test('to settle facts gives the tier of the manifest that states them, and to reopen them the one before', () => {
  holds(
    fc.tuple(fc.oneof(manifests(), laden).map(listed), fc.array(fc.boolean(), { minLength: 1 })),
    ([manifest, picks]) => {
      const reach = reachOf(agentOf(manifest));
      const state = settling(reach);
      const unknowns = unknownsOf(reach, 'read');
      const before = state.ceiling();
      expect(before).toBe(interval(manifest).ceiling);
      const picked = unknowns.filter((_, i) => picks[i % picks.length]);
      const tierWith = (set: readonly Unknown[]) => {
        const questions = set.map(({ id, agent }) => ({ id, agent: agent.id, pointer: '', text: '', closes: before }));
        return interval(answered(manifest, questions, 'read')).ceiling;
      };
      state.settle(unknowns);
      expect(state.ceiling()).toBe(tierWith(unknowns));
      state.reopen(unknowns.filter((unknown) => !picked.includes(unknown)));
      expect(state.ceiling()).toBe(tierWith(picked));
      state.settle(picked);
      expect(state.ceiling()).toBe(tierWith(picked));
      state.reopen(unknowns);
      expect(state.ceiling()).toBe(before);
    },
  );
});
