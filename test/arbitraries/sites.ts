import { reachOf } from '../../src/assess/reach.ts';
import { walk } from '../../src/assess/walk.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { TIERS, type Tier } from '../../src/model/tiers.ts';

/** The manifest and every one written inside it. */
export function everyManifest(root: Manifest): Manifest[] {
  const inner = Object.values(root.subagents ?? {}).flatMap(({ manifest }) =>
    typeof manifest === 'string' ? [] : everyManifest(manifest),
  );
  return [root, ...inner];
}

type ChangesOf = (manifest: Manifest) => ((copy: Manifest) => void)[];

/** Copies of the whole tree, each with one change to one manifest of it. */
export function variants(root: Manifest, changesOf: ChangesOf): Manifest[] {
  return variantMakers(root, changesOf).map((make) => make());
}

/** The same, each made only when it is wanted. */
export function variantMakers(root: Manifest, changesOf: ChangesOf): (() => Manifest)[] {
  return everyManifest(root).flatMap((manifest, i) =>
    changesOf(manifest).map((change) => () => {
      const copy = structuredClone(root);
      const target = everyManifest(copy)[i];
      if (target) change(target);
      return copy;
    }),
  );
}

/** Sets one field of one tool. */
export function withFact<K extends keyof ToolFacts>(
  tool: string,
  field: K,
  value: ToolFacts[K],
): (copy: Manifest) => void {
  return (copy) => {
    copy.tools[tool] = { ...copy.tools[tool], [field]: value };
  };
}

export function interval(manifest: Manifest): { floor: Tier; ceiling: Tier } {
  const reach = reachOf(agentOf(manifest));
  return { floor: walk(reach, 'best').tier, ceiling: walk(reach, 'worst').tier };
}

export const rank = (tier: Tier): number => TIERS.indexOf(tier);
