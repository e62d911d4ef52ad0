export const BASELINE_SCHEMA = 'stakes/baseline@1';

/** A finding that was there when the baseline was written; without lines, so that it holds when the file is edited. */
export interface BaselineEntry {
  rule: string;
  /** Relative to the baseline's folder, with `/`. */
  file: string;
  /** YAML document in the file, from 0. */
  document: number;
  /** JSON Pointer in that document. */
  pointer: string;
}

/** `stakes.baseline.json`. */
export interface Baseline {
  schema: typeof BASELINE_SCHEMA;
  /** By file, document, pointer and rule. */
  entries: BaselineEntry[];
}
