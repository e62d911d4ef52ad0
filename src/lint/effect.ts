import { reachOf } from '../assess/reach.ts';
import { walk } from '../assess/walk.ts';
import { patchedAgent } from '../manifest/patch.ts';
import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import type { Subject } from '../rules/subject.ts';

/** What the tier becomes once a change is made; null: it is none the lower. */
export function effectOf({ root, tier }: Subject, patch: readonly PatchOperation[]): { from: Tier; to: Tier } | null {
  const { tier: after } = walk(reachOf(patchedAgent(root, patch)), 'worst');
  return compareTiers(after, tier) < 0 ? { from: tier, to: after } : null;
}

export function subjectTier(root: Agent): Tier {
  return walk(reachOf(root), 'worst').tier;
}
