import type { ReportContext } from './context.ts';

/** A format that can be written while its rows are read, so that a million of them need no memory. Pure. */
export interface RowsFormat<Row, End> {
  open(context: ReportContext): string;
  /** `index` counts from 0. */
  row(row: Row, context: ReportContext, index: number): string;
  close(end: End, context: ReportContext): string;
}
