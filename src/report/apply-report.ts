import type { Problem } from '../model/place.ts';
import type { Tier } from '../model/tiers.ts';

export const APPLY_STATES = [
  'applied',
  'unchanged',
  'pending',
  'declined',
  'undone',
  'in-place',
  'launcher',
  'holds',
  'missing',
  'changed',
  'stale',
  'unreadable',
] as const;
export type ApplyState = (typeof APPLY_STATES)[number];

/** One way in which one target was, would be or is installed. */
export interface ApplyItem {
  target: string;
  installation: string;
  way: 'merge' | 'file' | 'launcher' | 'in-place';
  state: ApplyState;
  /** The file that is written, or the folder or script that is used as it lies; as seen from where the command ran. */
  path: string;
  /** A unified diff; empty: nothing changes. */
  diff: string;
  /** Entries and values in the file that are ours, and entries of the person's in the same lists. */
  ours: number;
  yours: number;
  /** How it was undone: to the byte, or by taking out what is ours; null: it was not about undoing. */
  undo: 'bytes' | 'entries' | null;
  /** What the file should hold and does not. */
  gone: string[];
  warnings: string[];
}

export interface ApplyResult {
  file: string;
  agent: string;
  /** Folder of the bundle. */
  folder: string;
  /** Null: only taken back, which asks nothing of the manifest. */
  tier: Tier | null;
  notes: string[];
  items: ApplyItem[];
}

export interface ApplyReport {
  schema: 'stakes/apply@1';
  results: ApplyResult[];
  errors: Problem[];
}
