import { AUDIT_QUERY_SCHEMA, type CallRow, type ReadSummary } from '../../model/audit-query.ts';
import { problemItem } from '../problem-item.ts';
import type { RowsFormat } from '../rows.ts';

/** `stakes/audit-query@1`, one call a line. */
export const format: RowsFormat<CallRow, ReadSummary> = {
  open: () => `{"schema":"${AUDIT_QUERY_SCHEMA}","calls":[`,
  row: (row, _, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(row)}`,
  close: ({ errors, ...end }) =>
    `\n],${JSON.stringify({ ...end, errors: errors.map(problemItem) }, null, 1).slice(1)}\n`,
};
