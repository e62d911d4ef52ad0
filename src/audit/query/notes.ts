import type { ReadRemark } from '../../model/audit-query.ts';
import { LOG_FAULTS, LOG_TAILS } from '../../model/audit-report.ts';
import type { Place } from '../verify/walk.ts';

/** What is odd about lines that are read, once for each log and kind: a log can have a million that are. */
export type Notes = Map<string, ReadRemark>;

const FAULTS: readonly string[] = LOG_FAULTS.filter((code) => !(LOG_TAILS as readonly string[]).includes(code));

export function note(
  notes: Notes,
  log: string,
  code: ReadRemark['code'],
  { file, line }: Place,
  message: string,
): void {
  const key = `${code} ${log}`;
  const known = notes.get(key);
  if (known !== undefined) known.count++;
  else {
    const severity = FAULTS.includes(code) ? 'error' : 'warning';
    notes.set(key, { code, severity, message, file, line, count: 1 });
  }
}
