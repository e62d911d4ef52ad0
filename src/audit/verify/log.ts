import { AUDIT_VERIFY_SCHEMA, type AuditVerifyReport, type LogSummary } from '../../model/audit-report.ts';
import type { Problem } from '../../model/place.ts';
import { eachLine, unreadable } from '../each-line.ts';
import { keyText, type VerifierKey } from '../verifier-key.ts';
import { missKept } from './kept.ts';
import { take } from './take.ts';
import { type KeptCheckpoint, startWalk, tell, type Walk } from './walk.ts';

export interface LogFile {
  path: string;
  /** As messages name it. */
  shown: string;
  /** From its name. Undefined: the file is checked by itself. */
  number: number | undefined;
}

export interface Trust {
  /** Any of them may sign, and hand over to another. */
  keys: readonly Pick<VerifierKey, 'raw'>[];
  /** Kept elsewhere; signed by one of the keys. */
  checkpoints: readonly KeptCheckpoint[];
}

/** The files of one log in their order, read once, with flat memory. `each`: sees every record, too, before it is known whether all holds. */
export function verifyLog(files: readonly LogFile[], trust: Trust, each?: Walk['each']): AuditVerifyReport {
  const walk = { ...startWalk(trust.checkpoints.map((kept) => ({ ...kept, compared: false }))), each };
  const errors: Problem[] = [];
  let last: LogFile | undefined;
  for (const file of files) {
    missingBefore(walk, file, last);
    const problem = walkFile(walk, file);
    if (problem) errors.push(problem);
    last = file;
  }
  if (walk.lines === 0) {
    if (errors.length === 0 && last !== undefined && walk.errors === 0)
      errors.push({ code: 'empty-log', message: `\`${last.shown}\` is empty`, file: last.shown });
    if (walk.errors === 0) return { schema: AUDIT_VERIFY_SCHEMA, log: null, findings: [], more: 0, errors };
  }
  const [begun] = files;
  if (begun?.number === 1 && walk.from > 0)
    tell(
      walk,
      'missing-start',
      { file: begun.shown, line: null },
      `the log begins with record ${walk.from}: what came before is not here`,
      'bring the first file back',
    );
  const end = { file: last?.shown ?? '', line: null };
  const left = walk.seq - walk.signed;
  if (walk.unsigned !== undefined)
    tell(
      walk,
      'unsigned-tail',
      walk.unsigned,
      `no signature covers the end of the log, from here on (${left === 1 ? '1 line' : `${left} lines`})`,
      'a writer signs within 50 ms: if one is running, try again; one that was killed leaves such a tail, and names it when it starts again',
    );
  missKept(walk, end);
  const isTrusted = ({ raw }: VerifierKey) => trust.keys.some((key) => key.raw.equals(raw));
  // Whoever signs stands for every line before, and for the key it hands over to: one trusted key is enough.
  const isProven = walk.keys.some(({ key, signatures }) => signatures > 0 && isTrusted(key));
  const isSigned = walk.keys.some(({ signatures }) => signatures > 0);
  if (trust.keys.length > 0 && isSigned && !isProven && walk.errors === walk.tails)
    tell(
      walk,
      'other-key',
      { file: files[0]?.shown ?? '', line: 1 },
      'the signatures are of another key than the one that was given',
    );
  return {
    schema: AUDIT_VERIFY_SCHEMA,
    log: summaryOf(walk, files.length, isTrusted, errors.length > 0 ? 'broken' : verdictOf(walk, isProven)),
    findings: walk.findings,
    more: walk.more,
    errors,
  };
}

function verdictOf({ errors, tails }: Walk, isProven: boolean): LogSummary['verdict'] {
  if (errors > tails) return 'broken';
  if (tails > 0) return 'unfinished';
  return isProven ? 'intact' : 'unproven';
}

function missingBefore(walk: Walk, { number, shown }: LogFile, last: LogFile | undefined): void {
  if (number === undefined) return;
  const place = { file: shown, line: null };
  if (last === undefined && number > 1)
    tell(
      walk,
      'missing-start',
      place,
      `the log begins with file ${number}: what came before is not here`,
      'bring the files before it back, or check this file by itself',
    );
  if (last?.number !== undefined && number !== last.number + 1)
    tell(
      walk,
      'missing-segment',
      place,
      number === last.number + 2
        ? `file ${last.number + 1} is missing`
        : `files ${last.number + 1} to ${number - 1} are missing`,
    );
}

function walkFile(walk: Walk, { path, shown, number }: LogFile): Problem | undefined {
  try {
    let problem: Problem | undefined;
    eachLine(path, (next, line) => {
      if (line === 1 && walk.lines === 0 && !looksLikeLog(next.marked)) {
        problem = { code: 'not-a-log', message: `\`${shown}\` is no log of records`, file: shown };
        return false;
      }
      return take(walk, next, { file: shown, line });
    });
    if (problem !== undefined) return problem;
    if (number === undefined && walk.from > 0)
      tell(
        walk,
        'starts-late',
        { file: shown, line: 1 },
        `the file begins with record ${walk.from}; what came before was not looked at`,
      );
    return undefined;
  } catch (error) {
    return unreadable(shown, error);
  }
}

const looksLikeLog = (marked: Buffer) =>
  /^\{".{0,100000}"schema":"stakes\/record@\d/s.test(marked.toString('latin1', 1));

function summaryOf(
  walk: Walk,
  files: number,
  isTrusted: (key: VerifierKey) => boolean,
  verdict: LogSummary['verdict'],
): LogSummary {
  const { origin, lines, intents, outcomes, from, seq: size, first, last, note: checkpoint } = walk;
  const keys = walk.keys.map(({ key, signatures }) => ({ key: keyText(key), trusted: isTrusted(key), signatures }));
  return {
    verdict,
    origin,
    files,
    lines,
    intents,
    outcomes,
    from,
    size,
    signed: walk.signed,
    keys,
    first,
    last,
    checkpoint,
  };
}
