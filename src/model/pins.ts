import type { Classified, ScannedFact } from './scan.ts';

export const PINS_SCHEMA = 'stakes/pins@1';

/** What is digested apart, so that a change can be told in words. */
export const PINNED_PARTS = ['description', 'schema', 'annotations'] as const;
export type PinnedPart = (typeof PINNED_PARTS)[number];

export const PINNED_HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;
export type PinnedHint = (typeof PINNED_HINTS)[number];

/** Who looked at a tool, as they wrote it into the file. */
export interface Reviewed {
  by: string;
  /** A date such as `2026-11-22`. */
  on: string;
  note?: string;
}

/** What tells one tool from another that goes by its name. */
export interface ToolPin {
  /** Of name, title, description, schemas and annotations: `sha256:` and 64 hexadecimal digits. */
  digest: string;
  /** The same of each part: 16 hexadecimal digits. */
  parts: Record<PinnedPart, string>;
}

/** A tool as it was when somebody looked at it. */
export interface PinnedTool extends ToolPin {
  /** Names of arguments and their types; `?` where one may be left out. */
  arguments: Record<string, string>;
  hints: Partial<Record<PinnedHint, boolean>>;
  /** As it was classified. */
  facts: Pick<Classified, ScannedFact>;
  /** Written by people; absent: only pinned. It goes when the tool changes. */
  reviewed?: Reviewed;
}

/** `stakes.pins.json`. */
export interface Pins {
  schema: typeof PINS_SCHEMA;
  servers: Record<string, { tools: Record<string, PinnedTool> }>;
}
