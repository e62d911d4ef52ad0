import type { CallRow, LogRead } from '../../model/audit-query.ts';
import type { FoundLog } from './find-logs.ts';
import { joining } from './join.ts';
import type { Intent } from './parse-record.ts';
import { type Reading, readRecords } from './records.ts';

export interface ReadingCalls extends Reading {
  /** Is this call asked for? What became of it is not known yet. */
  wants: (intent: Intent) => boolean;
  /** Calls in their order, each with what became of it. */
  take: (row: CallRow) => void;
}

/** The calls of one log, read once with flat memory. Each step is some thousand lines. */
export function* readCalls(log: FoundLog, reading: ReadingCalls): Generator<void, Omit<LogRead, 'verdict'>> {
  const rows = joining(reading, log.shown);
  const read = yield* readRecords(log, reading, (found, origin) => {
    if (found.kind === 'outcome') rows.finish(found);
    else if (found.kind === 'intent') {
      if (reading.wants(found)) rows.begin(found, origin);
      // A log has one writer: what the one before left open stays so.
    } else if (found.is === 'start') rows.end();
  });
  rows.end();
  return read;
}
