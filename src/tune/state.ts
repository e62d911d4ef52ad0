import { lands } from '../assess/walk.ts';
import { findingsOf } from '../lint/run.ts';
import type { Agent } from '../manifest/tree.ts';
import { CONTROLS, type Control } from '../model/controls.ts';
import type { Finding } from '../model/finding.ts';
import { compareTiers, type Tier } from '../model/tiers.ts';
import type { TuneDirection } from '../model/tune.ts';
import { rules } from '../rules/registry.generated.ts';
import { subjectOf } from '../rules/subject.ts';

/** The manifests as they are, or would be, and what is to be said of them. */
export interface State {
  roots: readonly Agent[];
  /** Of each root, in their order. */
  trees: readonly { id: string; tier: Tier; missing: readonly Control[]; ungated: ReadonlySet<string> }[];
  /** Findings of too little control, by their fingerprint. */
  under: ReadonlyMap<string, Finding>;
}

export function stateOf(roots: readonly Agent[]): State {
  return {
    roots,
    trees: roots.map((root) => {
      const { tier, controls, worst } = subjectOf(root);
      const landing = [...worst.highStakes].filter((pair) => lands(pair, 'worst'));
      return {
        id: root.id,
        tier,
        missing: CONTROLS.filter((id) => controls.missing.some((entry) => entry.id === id)),
        ungated: new Set(landing.map(({ agent, tool }) => JSON.stringify([agent.id, tool]))),
      };
    }),
    under: new Map(
      findingsOf(roots, rules)
        .filter(({ direction, rule }) => direction === 'under' || rule === 'invalid-file')
        .map((finding) => [finding.fingerprint, finding]),
    ),
  };
}

/** Why a change is not to be made; undefined: it may be. */
export function complaintOf(before: State, after: State, direction: TuneDirection): string | undefined {
  for (const [i, { id, tier, missing, ungated }] of after.trees.entries()) {
    const old = before.trees[i];
    if (old === undefined) return `\`${id}\` was not there before`;
    if (compareTiers(tier, old.tier) > 0) return `the tier of \`${id}\` would rise from ${old.tier} to ${tier}`;
    const lost = missing.find((control) => !old.missing.includes(control));
    if (lost !== undefined) return `\`${id}\` would no longer have what its tier requires: \`${lost}\``;
    if (direction === 'loosen' && [...ungated].some((pair) => !old.ungated.has(pair)))
      return 'a high-stakes tool would run without a person';
  }
  const worse = newFinding(before, after, direction);
  return worse && `the lint would find too little control: ${worse.message} (\`${worse.rule}\`)`;
}

/** A finding can move in a list when an entry before it goes, so that what tightens is held to their number. */
function newFinding(before: State, after: State, direction: TuneDirection): Finding | undefined {
  const added = [...after.under.values()].filter(({ fingerprint }) => !before.under.has(fingerprint));
  if (direction === 'loosen') return added[0];
  const count = ({ under }: State, rule: string) => [...under.values()].filter((one) => one.rule === rule).length;
  return added.find(({ rule }) => count(after, rule) > count(before, rule));
}
