import type { ExportRow } from '../../model/audit-export.ts';
import { redact } from '../../source/secrets.ts';
import type { Intent, Outcome } from '../query/parse-record.ts';

const MOST_KNOWN = 1000;
const known = new Map<string, string>();

/** What others wrote, with well-known shapes of secrets covered. The same few come again and again. */
function clean(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const after = redact(text);
  if (known.size >= MOST_KNOWN) known.clear();
  if (text.length <= 2000) known.set(text, after);
  return after;
}

/**
 * Covers secrets in the fields of many rows at once: hardly two are the same, and each search has its price. As JSON they have no
 * line feed of their own.
 */
export function coverFields(rows: readonly ExportRow[]): void {
  const some = rows.filter(({ fields }) => fields !== null && fields !== '{}');
  const covered = redact(some.map(({ fields }) => fields).join('\n')).split('\n');
  const isEach = covered.length === some.length;
  some.forEach((row, i) => {
    row.fields = (isEach ? covered[i] : undefined) ?? redact(row.fields ?? '');
  });
}

/** Made in one piece and filled in afterwards: one that is spread together takes forty times as long. */
const emptyRow = (log: string, { seq, time, kind }: Intent | Outcome): ExportRow => ({
  log: clean(log),
  seq,
  time,
  kind,
  agent: null,
  tool: null,
  session: null,
  arguments: null,
  fields: null,
  decision: null,
  rule: null,
  reason: null,
  policy: null,
  mode: null,
  answer: null,
  approver: null,
  channel: null,
  waited_seconds: null,
  approval_reason: null,
  reserved_usd: null,
  intent: null,
  outcome: null,
  settled_usd: null,
  duration_ms: null,
});

/** All but `fields` is clean: `coverFields` has to follow. */
export function rowOf(record: Intent | Outcome, log: string): ExportRow {
  const row = emptyRow(log, record);
  if (record.kind === 'outcome') {
    row.intent = record.intent;
    row.outcome = record.outcome;
    row.settled_usd = record.settledUsd;
    row.duration_ms = record.durationMs;
    return row;
  }
  row.agent = clean(record.agent);
  row.tool = clean(record.tool);
  row.session = clean(record.session);
  row.arguments = record.arguments;
  row.fields = record.fieldsJson;
  row.decision = record.decision;
  row.rule = clean(record.rule);
  row.reason = clean(record.reason);
  row.policy = record.policy;
  row.mode = record.mode;
  row.reserved_usd = record.reservedUsd;
  if (record.approval !== null) {
    const { answer, by, channel, waitedSeconds, reason } = record.approval;
    row.answer = answer;
    row.approver = by === null ? null : clean(by);
    row.channel = clean(channel);
    row.waited_seconds = waitedSeconds;
    row.approval_reason = reason === null ? null : clean(reason);
  }
  return row;
}
