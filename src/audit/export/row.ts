import type { ExportRow } from '../../model/audit-export.ts';
import { redact } from '../../source/secrets.ts';
import type { Intent, Outcome } from '../query/parse-record.ts';

const NOTHING = {
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
} satisfies Partial<ExportRow>;

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

export function rowOf(record: Intent | Outcome, log: string): ExportRow {
  const at = { log: clean(log), seq: record.seq, time: record.time, kind: record.kind };
  if (record.kind === 'outcome') {
    const { intent, outcome, settledUsd, durationMs } = record;
    return { ...at, ...NOTHING, intent, outcome, settled_usd: settledUsd, duration_ms: durationMs };
  }
  const { approval } = record;
  return {
    ...at,
    ...NOTHING,
    agent: clean(record.agent),
    tool: clean(record.tool),
    session: clean(record.session),
    arguments: record.arguments,
    fields: clean(record.fieldsJson),
    decision: record.decision,
    rule: clean(record.rule),
    reason: clean(record.reason),
    policy: record.policy,
    mode: record.mode,
    answer: approval?.answer ?? null,
    approver: approval?.by == null ? null : clean(approval.by),
    channel: approval === null ? null : clean(approval.channel),
    waited_seconds: approval?.waitedSeconds ?? null,
    approval_reason: approval?.reason == null ? null : clean(approval.reason),
    reserved_usd: record.reservedUsd,
  };
}
