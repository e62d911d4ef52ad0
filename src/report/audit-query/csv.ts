import type { CallRow, ReadSummary } from '../../model/audit-query.ts';
import { csvLine } from '../csv.ts';
import type { RowsFormat } from '../rows.ts';

const COLUMNS: Record<string, (row: CallRow) => string | number | null> = {
  log: ({ log }) => log,
  seq: ({ seq }) => seq,
  time: ({ time }) => time,
  agent: ({ agent }) => agent,
  tool: ({ tool }) => tool,
  session: ({ session }) => session,
  decision: ({ decision }) => decision,
  rule: ({ rule }) => rule,
  reason: ({ reason }) => reason,
  mode: ({ mode }) => mode,
  outcome: ({ outcome }) => outcome,
  answer: ({ approval }) => approval?.answer ?? null,
  approver: ({ approval }) => approval?.by ?? null,
  channel: ({ approval }) => approval?.channel ?? null,
  waited_seconds: ({ approval }) => approval?.waitedSeconds ?? null,
  approval_reason: ({ approval }) => approval?.reason ?? null,
  reserved_usd: ({ reservedUsd }) => reservedUsd,
  settled_usd: ({ settledUsd }) => settledUsd,
  duration_ms: ({ durationMs }) => durationMs,
  arguments: (row) => row.arguments,
  fields: ({ fields }) => JSON.stringify(fields),
  policy: ({ policy }) => policy,
};

/** For spreadsheets; what would be a formula in one begins with an apostrophe. */
export const format: RowsFormat<CallRow, ReadSummary> = {
  open: () => csvLine(Object.keys(COLUMNS)),
  row: (row) => csvLine(Object.values(COLUMNS).map((of) => of(row))),
  close: () => '',
};
