import type { ExportRow } from '../../model/audit-export.ts';
import type { RowsFormat } from '../rows.ts';

/** A record a line, with every column; `fields` is a text with JSON in it. */
export const format: RowsFormat<ExportRow, undefined> = {
  open: () => '',
  row: (row) => `${JSON.stringify(row)}\n`,
  close: () => '',
};
