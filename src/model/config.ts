import type { Severity } from './finding.ts';
import type { Manifest } from './manifest.ts';
import type { Tier } from './tiers.ts';
import type { Environment } from './vocabulary.ts';

/** Ascending. */
export const LEVELS = ['off', 'note', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** A finding that is held back, with the reason. */
export interface ConfigIgnore {
  rule: string;
  /** JSON Pointer in the document; what is below it is meant too. Absent: anywhere. */
  at?: string;
  /** Path or pattern from the configuration's folder. Absent: every file. */
  file?: string;
  reason: string;
  /** The last day on which it holds, `2026-12-31`. Absent: for good. */
  until?: string;
}

export interface ConfigOverride {
  /** Folders, files or patterns from the configuration's folder. */
  paths: string[];
  rules?: Record<string, Level>;
  defaults?: ConfigDefaults;
  /** A file with data scopes that the manifests at these paths may name. */
  data?: string;
}

/** What a person looked at, and when. Days as `2026-12-31`. */
export interface Review {
  by: string;
  on: string;
  until?: string;
  tier: Tier;
  /** Of the manifest with its subagents. */
  digest: string;
}

/** What a manifest that does not say it is taken to say. */
export interface ConfigDefaults {
  owner?: string;
  environment?: Environment;
  approvals?: NonNullable<Manifest['approvals']>;
}

/** `stakes.config.yaml`. */
export interface Config {
  schemaVersion?: 1;
  /** A path, or the name of an installed package. */
  extends?: string;
  rules?: Record<string, Level>;
  /** Rules that came after this version are notes until they are raised. */
  rulesSince?: string;
  /** What nothing below can loosen: rules, `data/<scope>` for a scope of the catalogue, `targets` for those that are allowed. */
  locked?: string[];
  failOn?: Severity | 'never';
  ignore?: ConfigIgnore[];
  overrides?: ConfigOverride[];
  defaults?: ConfigDefaults;
  /** A file with data scopes that every manifest may name. */
  data?: string;
  owners?: { pattern: string };
  targets?: { allowed: string[] };
  reviewAbove?: Tier;
  /** By the agent's id. */
  reviews?: Record<string, Review>;
}
