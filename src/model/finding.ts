import type { PatchOperation } from './assessment.ts';
import type { Place, Problem } from './place.ts';
import type { Tier } from './tiers.ts';

/** Ascending. */
export const SEVERITIES = ['note', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `under`: too little control; `over`: too much; `excess`: authority that nothing uses; `shape`: the file itself. */
export const DIRECTIONS = ['under', 'over', 'excess', 'shape'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** `safe`: nothing that works today stops working. */
export const FIX_KINDS = ['none', 'safe', 'unsafe'] as const;
export type FixKind = (typeof FIX_KINDS)[number];

/** Another place that explains the finding. */
export interface Related {
  message: string;
  file: string;
  document: number;
  agent: string;
  pointer: string;
  place?: Place;
}

export interface Finding {
  rule: string;
  severity: Severity;
  direction: Direction;
  /** The fact, with the thing's name. */
  message: string;
  /** Why it matters. */
  why: string;
  /** What to do. */
  help: string;
  /** A few words for the place itself, shown under it; empty: none. */
  label: string;
  file: string;
  document: number;
  /** Empty for a file in which no agent could be read. */
  agent: string;
  /** In the document, so that it survives reordering. */
  pointer: string;
  place?: Place;
  related: Related[];
  /** The tier as it is, and once this finding alone is mended; null: it stays, or was not asked for. */
  tierEffect: { from: Tier; to: Tier } | null;
  fix: FixKind;
  patch: PatchOperation[];
  /** The same for the same fault in the same place of the structure, whatever its line. */
  fingerprint: string;
}

export const LINT_SCHEMA = 'stakes/lint@1';

export interface LintReport {
  schema: typeof LINT_SCHEMA;
  /** By file, then place, then rule. */
  findings: Finding[];
  summary: {
    /** Manifest files that were looked at. */
    files: number;
    /** Findings held back by an ignore, and by the baseline. */
    ignored: number;
    baselined: number;
  };
  /** What kept a file or the configuration from being looked at, beyond the findings. */
  errors: Problem[];
}

/** What formats and documents say of a rule, whether or not it found anything. */
export interface RuleMeta {
  id: string;
  since: string;
  severity: Severity;
  direction: Direction;
  title: string;
  why: string;
  sources: readonly string[];
}

/** What a format of `lint` gets. */
export interface LintView extends LintReport {
  /** Every rule that ran, in the order of their ids. */
  rules: RuleMeta[];
}
