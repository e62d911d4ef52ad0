import type { RuleMeta } from '../model/finding.ts';
import type { Problem } from '../model/place.ts';

/** What has an id that people meet in reports. */
export const EXPLAINED = ['rule', 'tier', 'control', 'question', 'target', 'importer'] as const;
export type Explained = (typeof EXPLAINED)[number];

/** One thing in words: the same for `stakes explain`, for programs and for `docs/`. */
export interface Explanation {
  kind: Explained;
  id: string;
  /** What it is, in one line, lower-case. */
  title: string;
  facts: { name: string; text: string }[];
  /** Manifests, in YAML. */
  examples: { title: string; manifest: string }[];
  sources: string[];
}

export const EXPLAIN_SCHEMA = 'stakes/explain@1';

export interface ExplainReport {
  schema: typeof EXPLAIN_SCHEMA;
  results: Explanation[];
  errors: Problem[];
}

/** What a format of `explain` gets. */
export interface ExplainView extends ExplainReport {
  /** No id was given: everything is listed, in a line each. */
  list: boolean;
}

export const RULES_SCHEMA = 'stakes/rules@1';

export interface RulesReport {
  schema: typeof RULES_SCHEMA;
  rules: RuleMeta[];
  errors: Problem[];
}

/** The things of each kind that has some, in the order of the kinds. */
export function byKind(results: readonly Explanation[]): { kind: Explained; results: Explanation[] }[] {
  return EXPLAINED.map((kind) => ({ kind, results: results.filter((result) => result.kind === kind) })).filter(
    (group) => group.results.length > 0,
  );
}
