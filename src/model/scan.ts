import type { Effect, Egress, Impact } from './vocabulary.ts';

/** Where a fact of a scanned tool comes from, from what its author can least afford to get wrong to nothing at all. */
export const CLUES = ['name', 'schema', 'description', 'annotation', 'default'] as const;
export type Clue = (typeof CLUES)[number];

/** What is found out about a tool. `unknown` is an answer: whoever reads it assumes the worst. */
export const SCANNED_FACTS = ['effect', 'reversible', 'impact', 'sensitive', 'egress', 'arbitrary'] as const;
export type ScannedFact = (typeof SCANNED_FACTS)[number];

/** One reason, in words, lower-case and without a full stop. */
export interface Reason {
  fact: ScannedFact;
  why: string;
}

/** What one tool of a server does, as far as its own listing tells. */
export interface Classified {
  effect: Effect | 'unknown';
  /** `null` on a read: there is nothing to undo. */
  reversible: boolean | null | 'unknown';
  impact: Impact | 'unknown';
  /** Can the result hold what is not for everyone: records, mail, code, logs, files, secrets? */
  sensitive: boolean | 'unknown';
  /** Can an argument carry data to a place that the caller picks? */
  egress: Egress | 'unknown';
  /** Does it run code, shell, a query language or raw requests that the caller supplies? */
  arbitrary: boolean | 'unknown';
  /** The strongest clue of each fact. */
  provenance: Record<ScannedFact, Clue>;
  because: Reason[];
}

/** A tool as a server lists it. Nothing about it is trusted: any field may have any type. */
export interface ListedTool {
  name?: unknown;
  title?: unknown;
  description?: unknown;
  inputSchema?: unknown;
  annotations?: unknown;
}
