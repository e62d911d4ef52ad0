import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { LogRead } from '../../model/audit-query.ts';
import type { Problem } from '../../model/place.ts';
import { faultOf } from '../../source/fault-code.ts';
import { type Line, linesOf } from '../read-lines.ts';
import type { LogFile } from '../verify/log.ts';
import type { FoundLog } from './find-logs.ts';
import { type Followed, follow, startFollowing } from './follow.ts';
import { type Notes, note } from './notes.ts';
import type { Fault, Read } from './parse-record.ts';
import { readRecord } from './read-record.ts';

export interface Reading {
  notes: Notes;
  errors: Problem[];
  /** Lines of the log that were verified; what comes after was written since. Absent: all are read. */
  size?: number;
}

/** A record that could be read, and the log that it says it is in. */
export type Each = (found: Exclude<Read, Fault>, origin: string) => void;

/** Lines after which whoever waits for something else has a turn. */
const TURN = 20_000;

/** The records of one log, read once with flat memory. Each step is some thousand lines. */
export function* readRecords(log: FoundLog, reading: Reading, each: Each): Generator<void, Omit<LogRead, 'verdict'>> {
  const at = startFollowing(log.shown);
  const read = { lines: 0, calls: 0, outcomes: 0 };
  let last: LogFile | undefined;
  for (const file of log.files) {
    missingBefore(reading.notes, log, file, last);
    yield* readFile(file, at, read, reading, each);
    last = file;
  }
  return { path: log.shown, origin: at.origin, files: log.files.length, ...read, first: at.first, last: at.last };
}

function missingBefore(notes: Notes, log: FoundLog, { number, shown }: LogFile, last: LogFile | undefined): void {
  const place = { file: shown, line: null };
  if (number === undefined) return;
  if (last === undefined && number > 1)
    note(notes, log.shown, 'missing-start', place, `the log begins with file ${number}: what came before is not here`);
  if (last?.number !== undefined && number !== last.number + 1)
    note(notes, log.shown, 'missing-segment', place, `files are missing before file ${number}`);
}

function* readFile(
  { path, shown }: LogFile,
  at: Followed,
  read: { lines: number; calls: number; outcomes: number },
  { notes, errors, size }: Reading,
  each: Each,
): Generator<void> {
  const unreadable = (why: string) =>
    errors.push({ code: 'unreadable-file', message: `\`${shown}\` cannot be read (${why})`, file: shown });
  let handle: number;
  try {
    // Without O_NONBLOCK, opening a named pipe waits for ever.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    unreadable(faultOf(error));
    return;
  }
  try {
    if (!fstatSync(handle).isFile()) return void unreadable('it is no file');
    let line = 0;
    for (const next of linesOf(handle)) {
      const place = { file: shown, line: ++line };
      if (!isWhole(next, at.log, place, notes)) break;
      if (++read.lines % TURN === 0) yield;
      const found = readRecord(next.marked.subarray(1));
      if (found.kind === 'fault') {
        note(notes, at.log, found.code, place, found.message);
        if (at.seq !== undefined) at.seq++;
        continue;
      }
      if (size !== undefined && found.seq >= size) {
        note(notes, at.log, 'not-verified-yet', place, 'what was written since the verification was left out');
        break;
      }
      follow(at, found, place, notes);
      if (found.kind === 'intent') read.calls++;
      else if (found.kind === 'outcome') read.outcomes++;
      each(found, at.origin ?? at.log);
    }
  } catch (error) {
    unreadable(faultOf(error));
  } finally {
    closeSync(handle);
  }
}

function isWhole({ state }: Line, log: string, place: { file: string; line: number }, notes: Notes): boolean {
  if (state === 'torn') note(notes, log, 'torn-line', place, 'the file ends within this line; it was passed over');
  if (state === 'long')
    note(
      notes,
      log,
      'long-line',
      place,
      'the line is longer than any that is written; the rest of the file was not read',
    );
  return state === 'whole';
}
