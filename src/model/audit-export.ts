/** A record as a row of a table: calls and outcomes, which `intent` joins with the `seq` of their call. Names are those of the columns. */
export interface ExportRow {
  log: string;
  seq: number;
  time: string;
  kind: 'intent' | 'outcome';
  agent: string | null;
  tool: string | null;
  session: string | null;
  /** `sha256:` of them. */
  arguments: string | null;
  /** JSON. */
  fields: string | null;
  decision: string | null;
  rule: string | null;
  reason: string | null;
  policy: string | null;
  mode: string | null;
  answer: string | null;
  approver: string | null;
  channel: string | null;
  waited_seconds: number | null;
  approval_reason: string | null;
  reserved_usd: number | null;
  intent: number | null;
  outcome: string | null;
  settled_usd: number | null;
  duration_ms: number | null;
}

export const COLUMN_TYPES = ['text', 'json', 'time', 'whole', 'number'] as const;

/** In the order in which they are written. */
export const EXPORT_COLUMNS: { [K in keyof ExportRow]: (typeof COLUMN_TYPES)[number] } = {
  log: 'text',
  seq: 'whole',
  time: 'time',
  kind: 'text',
  agent: 'text',
  tool: 'text',
  session: 'text',
  arguments: 'text',
  fields: 'json',
  decision: 'text',
  rule: 'text',
  reason: 'text',
  policy: 'text',
  mode: 'text',
  answer: 'text',
  approver: 'text',
  channel: 'text',
  waited_seconds: 'number',
  approval_reason: 'text',
  reserved_usd: 'number',
  intent: 'whole',
  outcome: 'text',
  settled_usd: 'number',
  duration_ms: 'number',
};
