import { expect, test } from 'vitest';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { CLASSIFICATIONS, CREDENTIAL_MODES, EFFECTS, EGRESSES, IMPACTS, REVIEWS } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { everyManifest, interval, rank, variants, withFact } from '../arbitraries/sites.ts';

type Change = (copy: Manifest) => void;

test('the floor is never above the ceiling, and the tier is the ceiling', () => {
  holds(manifests(), (manifest) => {
    const { floor, ceiling } = interval(manifest);
    expect(rank(floor)).toBeLessThanOrEqual(rank(ceiling));
  });
});

/**
 * Stating a fact that was open narrows the interval from both ends. What is absent without being open is left out, by the
 * table "What an absent value means":
 * - on a tool with `arbitrary: true`, `effect`, `reversible`, `impact` and `egress` are implied; declaring one together with
 *   `because` contradicts the implication, and that is not a refinement;
 * - annotations move the floor, as evidence; a declaration is stronger and may take the floor back;
 * - `arbitrary` is no where `effect` is declared;
 * - `access` comes from the review where there is one, and is otherwise ask or allow: `deny` takes authority away;
 * - `data` on a tool is every scope of the manifest where there is a map: naming fewer may lower both ends;
 * - `allowedHosts` of listed egress and `credentials` that are absent are none, which is a value.
 */
test('stating an open fact narrows the interval', () => {
  holds(manifests(), (manifest) => {
    const before = interval(manifest);
    for (const changed of variants(manifest, refinements)) {
      const after = interval(changed);
      const narrower = rank(after.floor) >= rank(before.floor) && rank(after.ceiling) <= rank(before.ceiling);
      if (!narrower) expect({ ...after, changed }).toEqual({ ...before, manifest });
    }
  });
});

function refinements(manifest: Manifest): Change[] {
  return [
    ...Object.entries(manifest.tools).flatMap(([tool, facts]) => ofTool(manifest, tool, facts)),
    ...ofAgent(manifest),
  ];
}

function ofTool(manifest: Manifest, tool: string, facts: ToolFacts): Change[] {
  const implied = facts.arbitrary === true && facts.because !== undefined;
  const set = <K extends keyof ToolFacts>(
    field: K,
    values: readonly NonNullable<ToolFacts[K]>[],
    open = true,
  ): Change[] =>
    facts[field] === undefined && open ? values.map((value) => withFact(tool, field, value as ToolFacts[K])) : [];
  return [
    ...set('effect', EFFECTS, !implied && facts.annotations?.readOnlyHint !== false),
    ...set('reversible', [true, false], !implied && facts.annotations?.destructiveHint !== true),
    ...set('impact', IMPACTS, !implied),
    ...set('egress', EGRESSES, !implied),
    ...set('arbitrary', [true, false], facts.effect === undefined),
    ...set('access', ['ask', 'allow'], manifest.autonomy?.review === undefined),
    ...set('data', [[]], manifest.data === undefined),
  ];
}

function ofAgent({ autonomy, inputs, filesystem, credentials, data }: Manifest): Change[] {
  const changes: Change[] = [];
  if (autonomy?.review === undefined) {
    changes.push(
      ...REVIEWS.map(
        (review): Change =>
          (copy) =>
            (copy.autonomy = { ...copy.autonomy, review }),
      ),
    );
  }
  if (inputs?.untrusted === undefined) {
    changes.push(
      ...[true, false].map(
        (untrusted): Change =>
          (copy) =>
            (copy.inputs = { untrusted }),
      ),
    );
  }
  if (filesystem?.read === undefined) {
    changes.push(
      ...[[], ['./kb']].map(
        (read): Change =>
          (copy) =>
            (copy.filesystem = { ...copy.filesystem, read }),
      ),
    );
  }
  for (const [name, credential] of Object.entries(credentials ?? {})) {
    if (credential.mode !== undefined) continue;
    changes.push(
      ...CREDENTIAL_MODES.map(
        (mode): Change =>
          (copy) =>
            (copy.credentials = { ...copy.credentials, [name]: { ...credential, mode } }),
      ),
    );
  }
  if (data === undefined) {
    changes.push((copy) => (copy.data = {}));
    changes.push(
      ...CLASSIFICATIONS.map(
        (classification): Change =>
          (copy) =>
            (copy.data = { kb: { classification } }),
      ),
    );
  }
  for (const [name, scope] of Object.entries(data ?? {})) {
    if (scope.classification !== undefined) continue;
    changes.push(
      ...CLASSIFICATIONS.map(
        (classification): Change =>
          (copy) =>
            (copy.data = { ...copy.data, [name]: { ...scope, classification } }),
      ),
    );
  }
  return changes;
}

test('naming fewer scopes on a tool never raises either end', () => {
  holds(manifests(), (manifest) => {
    const before = interval(manifest);
    const fewer = variants(manifest, ({ tools, data }) =>
      Object.entries(tools).flatMap(([tool, facts]) => {
        const all = facts.data ?? Object.keys(data ?? {});
        const open = facts.data === undefined && data === undefined;
        return open ? [] : all.map((_, i) => withFact(tool, 'data', all.toSpliced(i, 1)));
      }),
    );
    for (const changed of fewer) {
      const after = interval(changed);
      expect(rank(after.floor)).toBeLessThanOrEqual(rank(before.floor));
      expect(rank(after.ceiling)).toBeLessThanOrEqual(rank(before.ceiling));
    }
  });
});

test('annotations move only the floor', () => {
  const worst = { readOnlyHint: false, destructiveHint: true };
  holds(manifests(), (manifest) => {
    const without = everyTool(manifest, ({ annotations: _, ...facts }) => facts);
    const before = interval(without);
    for (const annotated of [
      manifest,
      ...[{ readOnlyHint: true }, worst].map((annotations) =>
        everyTool(manifest, (facts) => ({ ...facts, annotations })),
      ),
    ]) {
      const after = interval(annotated);
      expect(after.ceiling).toBe(before.ceiling);
      expect(rank(after.floor)).toBeGreaterThanOrEqual(rank(before.floor));
    }
  });
});

/** A copy of the tree with other facts for each of its tools. */
function everyTool(manifest: Manifest, change: (facts: ToolFacts) => ToolFacts): Manifest {
  const copy = structuredClone(manifest);
  for (const one of everyManifest(copy)) {
    one.tools = Object.fromEntries(Object.entries(one.tools).map(([tool, facts]) => [tool, change(facts)]));
  }
  return copy;
}

test('a wildcard counts at its worst, whatever it says', () => {
  holds(manifests(), (manifest) => {
    const before = interval(manifest);
    const silent = variants(manifest, ({ tools }) =>
      Object.entries(tools)
        .filter(([tool]) => tool.endsWith('/*'))
        .map(
          ([tool, { access }]) =>
            (copy: Manifest) =>
              Object.assign(copy.tools, { [tool]: access === undefined ? {} : { access } }),
        ),
    );
    for (const changed of silent) expect(interval(changed).ceiling).toBe(before.ceiling);
  });
});
