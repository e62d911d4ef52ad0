import type { CallRow, ReadSummary } from '../../model/audit-query.ts';
import type { RowsFormat } from '../rows.ts';

/** A call a line, as in `calls` of the JSON, and nothing else. */
export const format: RowsFormat<CallRow, ReadSummary> = {
  open: () => '',
  row: (row) => `${JSON.stringify(row)}\n`,
  close: () => '',
};
