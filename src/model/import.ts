import type { Problem } from './place.ts';
import type { Tier } from './tiers.ts';

export const IMPORT_SCHEMA = 'stakes/import@1';

/** `yours`: a manifest is there that no import wrote; it is left alone. `gone`: no file describes the agent any more. */
export const IMPORT_STATES = ['new', 'changed', 'same', 'yours', 'gone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** `user`: what a person has set up for themselves, with what holds on the machine. */
export const IMPORT_SCOPE_NAMES = ['project', 'user'] as const;
export type ImportScopeName = (typeof IMPORT_SCOPE_NAMES)[number];

/** A file that lies outside of what was to be read, as people see both. */
export interface NotFollowed {
  /** The link, or the file that names it. */
  file: string;
  to: string;
}

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
  scope: ImportScopeName;
  /** The manifest, as it is shown. */
  file: string;
  state: ImportState;
  /** What was read; of an agent that is gone, what was. */
  sources: string[];
  /** Null: what was written cannot be assessed, and `errors` says why; or the agent is gone. */
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
  /** Links and paths that lead outside of the repository; empty with `--follow`. */
  notFollowed: NotFollowed[];
  /** Of the files that were read: what is broken, and secrets that are written out. */
  errors: Problem[];
}
