import type { Problem } from './place.ts';
import type { Tier } from './tiers.ts';

export const IMPORT_SCHEMA = 'stakes/import@1';

/** `yours`: a manifest is there that no import wrote; it is left alone. */
export const IMPORT_STATES = ['new', 'changed', 'same', 'yours'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** One entry that the imported files say anew. */
export interface ImportChange {
  op: 'add' | 'replace' | 'remove';
  /** In the manifest. */
  pointer: string;
}

export interface ImportResult {
  agent: string;
  /** The program that runs it. */
  host: string;
  /** The manifest, as it is shown. */
  file: string;
  state: ImportState;
  /** What was read. */
  sources: string[];
  /** Null: what was written cannot be assessed; `errors` says why. */
  tier: { floor: Tier; ceiling: Tier } | null;
  questions: number;
  applied: ImportChange[];
  /** What the files say anew where a person wrote something else, which stands. */
  kept: ImportChange[];
}

export interface ImportReport {
  schema: typeof IMPORT_SCHEMA;
  /** Nothing was written. */
  dryRun: boolean;
  results: ImportResult[];
  /** Of the files that were read: what is broken, and secrets that are written out. */
  errors: Problem[];
}
