import type { CallRow } from '../../model/audit-query.ts';
import { type Notes, note } from './notes.ts';
import type { Intent, Outcome } from './parse-record.ts';

export interface Joining {
  begin(intent: Intent, log: string): void;
  finish(outcome: Outcome): void;
  /** What is still open goes out without an outcome. */
  end(): void;
}

/** Calls that wait for their outcome, or for the one of a call before them. A person can take a while; memory ends. */
const MOST_OPEN = 20_000;

/** Written out, because one that is spread together takes many times as long. */
function rowOf(intent: Intent, log: string): CallRow {
  const { seq, time, agent, tool, session, decision, rule, reason, policy, mode, approval, reservedUsd } = intent;
  return {
    log,
    seq,
    time,
    agent,
    tool,
    session,
    arguments: intent.arguments,
    fields: JSON.parse(intent.fieldsJson) as CallRow['fields'],
    decision,
    rule,
    reason,
    policy,
    mode,
    approval,
    reservedUsd,
    outcome: null,
    settledUsd: null,
    durationMs: null,
  };
}

/** Calls with what became of them, in the order in which they began. */
export function joining({ take, notes }: { take: (row: CallRow) => void; notes: Notes }, log: string): Joining {
  const open = new Map<number, CallRow>();
  const send = (seq: number, row: CallRow) => {
    open.delete(seq);
    take(row);
  };
  return {
    begin(intent, origin) {
      const before = open.get(intent.seq);
      if (before) send(intent.seq, before);
      open.set(intent.seq, rowOf(intent, origin));
      if (open.size <= MOST_OPEN) return;
      for (const [seq, row] of open) {
        if (row.outcome === null)
          note(
            notes,
            log,
            'late-outcome',
            { file: log, line: null },
            `after ${MOST_OPEN} later calls the outcome of a call was no longer waited for`,
          );
        send(seq, row);
        break;
      }
    },
    finish({ intent, outcome, settledUsd, durationMs }) {
      const row = open.get(intent);
      // Of a call that nobody asked for, or a second one.
      if (row === undefined || row.outcome !== null) return;
      Object.assign(row, { outcome, settledUsd, durationMs });
      for (const [seq, first] of open) {
        if (first.outcome === null) break;
        send(seq, first);
      }
    },
    end() {
      for (const [seq, row] of open) send(seq, row);
    },
  };
}
