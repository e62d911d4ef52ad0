import { setImmediate } from 'node:timers/promises';
import type { FoundLog } from '../audit/query/find-logs.ts';
import type { Notes } from '../audit/query/notes.ts';
import type { Reading } from '../audit/query/records.ts';
import { verifyLog } from '../audit/verify/log.ts';
import type { LogRead, ReadSummary } from '../model/audit-query.ts';
import type { Problem } from '../model/place.ts';
import { plainPaint } from '../report/context.ts';
import { renderProblems } from '../report/problems.ts';
import { shown } from '../report/shown.ts';
import { trustedKeys } from './audit-trust.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Io } from './io.ts';

export interface Checks {
  verify: boolean;
  keys: readonly string[];
}

export type WasRead = Omit<ReadSummary, 'found' | 'shown'>;

/** Others have a turn, and who reads the output has read most of it: what nobody has read yet must not fill the memory. */
export async function written(io: Io): Promise<void> {
  await setImmediate();
  await io.drained?.();
}

/** One log, some thousand lines a step. */
export type ReadOne = (log: FoundLog, reading: Reading) => Generator<void, Omit<LogRead, 'verdict'>>;

/** Reads logs, one after the other, verified first where that is wanted. */
export async function readLogs(
  logs: readonly FoundLog[],
  checks: Checks,
  read: ReadOne,
  io: Io,
  /** After each step. */
  between: () => Promise<void> = () => written(io),
): Promise<WasRead> {
  const notes: Notes = new Map();
  const errors: Problem[] = [];
  const reads: LogRead[] = [];
  for (const log of logs) {
    const checked = checks.verify ? verdictOf(log, checks.keys, errors, io) : { verdict: 'not-verified' as const };
    const steps = read(log, { notes, errors, ...('size' in checked ? { size: checked.size } : {}) });
    let step = steps.next();
    for (; !step.done; step = steps.next()) await between();
    await between();
    reads.push({ ...step.value, verdict: checked.verdict });
  }
  return { logs: reads, remarks: [...notes.values()], errors };
}

function verdictOf(
  log: FoundLog,
  given: readonly string[],
  errors: Problem[],
  io: Io,
): { verdict: LogRead['verdict']; size?: number } {
  const keys = trustedKeys(given, log.path, io);
  if (keys.state !== 'ok') {
    errors.push(...keys.problems.filter(({ message }) => !errors.some((error) => error.message === message)));
    return { verdict: 'not-verified' };
  }
  const { log: summary, errors: wrong } = verifyLog(log.files, { keys: keys.value, checkpoints: [] });
  if (summary === null) return { verdict: wrong.length > 0 ? 'broken' : 'not-verified' };
  return { verdict: summary.verdict, size: summary.size };
}

/** What a reader of any answer has to know of it, on standard error. */
export function tellOf({ logs, remarks, errors }: WasRead, io: Io, where: string): void {
  const line = (text: string) => io.err(`${text}\n`);
  for (const { severity, code, message, file, line: at, count } of remarks)
    line(
      `${severity}[${code}]: ${shown(message)} (${shown(file, 1000)}${at === null ? '' : `:${at}`}${count > 1 ? `, and ${count - 1} more` : ''})`,
    );
  if (errors.length > 0) io.err(renderProblems(errors, { paint: plainPaint, columns: io.columns, texts: new Map() }));
  const unchecked = logs.filter(({ verdict }) => verdict === 'not-verified');
  if (unchecked.length > 0)
    line(
      `not verified: whoever can write ${unchecked.length === 1 ? 'this log' : `these ${unchecked.length} logs`} can have changed it; \`--verify\` checks first, \`stakes audit verify\` says more`,
    );
  for (const { path, verdict } of logs) {
    const says = SAYS[verdict];
    if (says !== undefined) line(`${verdict}: \`${shown(path, 1000)}\` ${says}; \`stakes audit verify\` says more`);
  }
  if (logs.length === 0 && errors.length === 0) line(`there are no records in ${where}`);
}

const SAYS: Partial<Record<LogRead['verdict'], string>> = {
  broken: 'is not as it was written',
  unfinished: 'is not signed to its end',
  unproven: 'has no fault in itself, but no key was given that it could be proven with',
};

export function codeOf({ logs, remarks, errors }: WasRead): ExitCode {
  if (errors.length > 0) return EXIT.usage;
  if (logs.some(({ verdict }) => verdict === 'broken') || remarks.some(({ severity }) => severity === 'error'))
    return EXIT.findings;
  return logs.length === 0 ? EXIT.nothing : EXIT.clean;
}
