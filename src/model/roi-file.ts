import type { RoiInput, RoiUnit } from './roi-inputs.ts';

/** A range as people write it. */
export interface RoiFileRange {
  low: number;
  likely: number;
  high: number;
  /** Absent: the unit of the input. */
  unit?: RoiUnit;
  source?: string;
  /** A day, a month or a year. */
  date?: string;
}

/** A number is a range without width. */
export type RoiFileInputs = Partial<Record<RoiInput, number | RoiFileRange>>;

/** US dollars for a million tokens. */
export interface RoiFilePrice {
  input: number;
  output: number;
  /** Id of the next smaller model of the same provider. */
  smaller?: string;
  source?: string;
  asOf?: string;
}

/** `stakes.roi.yaml`. A section that holds only comments is null. */
export interface RoiFile {
  schemaVersion?: 1;
  inputs?: RoiFileInputs | null;
  /** By the agent's id: what is different for it. */
  agents?: Record<string, RoiFileInputs | null> | null;
  /** By `provider/id`. */
  prices?: Record<string, RoiFilePrice> | null;
}
