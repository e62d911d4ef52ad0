import type { Flags } from './command-line.ts';

/** Colours by what they mean; identity functions when there is no colour. */
export interface Paint {
  strong(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  note(text: string): string;
}

export const plainPaint: Paint = {
  strong: (text) => text,
  dim: (text) => text,
  good: (text) => text,
  warn: (text) => text,
  bad: (text) => text,
  note: (text) => text,
};

/** What a format may know besides its report. */
export interface ReportContext {
  paint: Paint;
  /** Width to write for. */
  columns: number;
  /** Source texts by the file names in the report, for code frames. */
  texts: ReadonlyMap<string, string>;
  /** Options that the next command has to be told, too. Absent: none. */
  where?: Flags;
}

/** A format turns a report into the text for stdout, with a newline at its end. Pure. */
export type Format<Report> = (report: Report, context: ReportContext) => string;
