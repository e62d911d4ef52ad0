import type { FoundLog } from '../audit/query/find-logs.ts';
import { isIntent } from '../audit/query/parse-record.ts';
import type { Found } from '../audit/verify/kinds.ts';
import { type Trust, verifyLog } from '../audit/verify/log.ts';
import type { ReadRemark } from '../model/audit-query.ts';
import type { Problem } from '../model/place.ts';
import type { TuneReport, TuneTrust } from '../model/tune.ts';
import type { Call, Observing } from './observe.ts';

export interface LogTaken {
  log: TuneReport['logs'][number];
  trust: TuneTrust;
  remarks: ReadRemark[];
  errors: Problem[];
}

/** Calls that wait for a signature; a gate signs within 50 ms, which is a few thousand at most. */
const MOST_WAITING = 20_000;

/** Verifies a log and counts its calls, in one reading: a million records would be parsed twice else. */
export function takeLog(log: FoundLog, index: number, keys: Trust['keys'], observing: Observing): LogTaken {
  const waiting: Call[] = [];
  let calls = 0;
  let odd = 0;
  const count = (isSigned: boolean) => {
    for (const call of waiting) observing.add(call, isSigned);
    waiting.length = 0;
  };
  observing.nextLog(index, log.shown);
  let fault: { error: unknown } | undefined;
  const visit = (value: Found) => {
    if (value.kind === 'signature') count(true);
    if (value.kind !== 'intent') return;
    if (!isIntent(value)) {
      odd++;
      return;
    }
    calls++;
    waiting.push(value);
    if (waiting.length >= MOST_WAITING) count(false);
  };
  const {
    log: summary,
    findings,
    more,
    errors,
  } = verifyLog(log.files, { keys, checkpoints: [] }, (value) => {
    // What is thrown while a file is read counts as a file that cannot be read; a fault of ours is none.
    try {
      if (fault === undefined) visit(value);
    } catch (error) {
      fault = { error };
    }
  });
  if (fault !== undefined) throw fault.error;
  count(false);
  const verdict = summary?.verdict ?? 'not-verified';
  // What stands under a trusted signature stays proven where only the end has none.
  const isTrusted = summary?.keys.some(({ trusted, signatures }) => trusted && signatures > 0) ?? false;
  const isBroken = verdict === 'broken' || odd > 0 || summary === null;
  return {
    log: {
      path: log.shown,
      origin: summary?.origin ?? null,
      verdict: odd > 0 ? 'broken' : verdict,
      files: log.files.length,
      lines: summary?.lines ?? 0,
      calls,
      first: summary?.first ?? null,
      last: summary?.last ?? null,
    },
    trust: isBroken ? 'broken' : isTrusted ? 'proven' : 'unproven',
    remarks: remarksOf(findings, more, odd, log.shown),
    errors,
  };
}

/** Once for each kind: a log can have a million that are alike. */
function remarksOf(
  findings: ReturnType<typeof verifyLog>['findings'],
  more: number,
  odd: number,
  shown: string,
): ReadRemark[] {
  const remarks = new Map<string, ReadRemark>();
  for (const { code, severity, message, file, line } of findings) {
    const known = remarks.get(code);
    if (known) known.count++;
    else remarks.set(code, { code, severity, message, file, line, count: 1 });
  }
  const [last] = [...remarks.values()].slice(-1);
  if (last) last.count += more;
  const message = 'a call is not recorded as calls are';
  if (odd > 0)
    remarks.set('odd', { code: 'not-a-record', severity: 'error', message, file: shown, line: null, count: odd });
  return [...remarks.values()];
}
