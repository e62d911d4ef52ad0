import { EXPORT_COLUMNS, type ExportRow } from '../../model/audit-export.ts';
import { csvLine } from '../csv.ts';
import type { RowsFormat } from '../rows.ts';

const names = Object.keys(EXPORT_COLUMNS) as (keyof ExportRow)[];

/** A record a line; what a spreadsheet would take for a formula begins with an apostrophe. */
export const format: RowsFormat<ExportRow, undefined> = {
  open: () => csvLine(names),
  row: (row) => csvLine(names.map((name) => row[name])),
  close: () => '',
};
