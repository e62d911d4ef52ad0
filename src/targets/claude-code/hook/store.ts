import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readCounters } from '../../../enforce/counters/read.ts';
import { type Counters, isClockTrusted, noCounters } from '../../../enforce/counters.ts';
import { faultOf } from '../../../source/fault-code.ts';
import { lock } from '../../../source/process-lock.ts';
import { readText } from './files.ts';

/** Bytes; what the counters keep is bounded well below. */
const MOST = 16 * 1024 * 1024;

/** What a call makes of the counters: a reason to refuse it, or the next counters. */
export type Outcome = { reason: string } | { next: Counters };

/** The reason to refuse, from `decide` or because the counters cannot be trusted; undefined once the call is counted. */
export function counting(file: string, time: number, decide: (counters: Counters) => Outcome): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    return broken(file, `cannot be written (${faultOf(error)})`, 'make its folder writable');
  }
  const held = lock(`${file}.lock`);
  if (!held.ok) {
    const fact = held.fault === 'it is locked' ? 'is locked by another process' : `cannot be locked (${held.fault})`;
    return broken(file, fact, `if none is running, delete \`${file}.lock\` and \`${file}.lock.breaking\``);
  }
  try {
    return underLock(file, time, decide);
  } finally {
    held.release();
  }
}

function underLock(file: string, time: number, decide: (counters: Counters) => Outcome): string | undefined {
  const read = readText(file, MOST);
  if ('fault' in read && read.fault !== 'ENOENT') return broken(file, `cannot be read (${read.fault})`, DELETE);
  const counters = 'fault' in read ? noCounters() : readCounters(read.text);
  if (counters === undefined) return broken(file, 'is damaged', DELETE);
  if (!isClockTrusted(counters, time)) {
    const last = new Date(counters.time).toISOString();
    return broken(file, `is from the future (${last}): the clock was set back`, `set the clock right, or ${DELETE}`);
  }
  const outcome = decide(counters);
  if ('reason' in outcome) return outcome.reason;
  return write(file, outcome.next);
}

const DELETE = 'delete it to count from zero';

/** Whole or not at all: a process that dies here leaves the old counters behind. */
function write(file: string, counters: Counters): string | undefined {
  const next = `${file}.tmp`;
  try {
    writeFileSync(next, `${JSON.stringify(counters)}\n`, { mode: 0o600 });
    renameSync(next, file);
    return undefined;
  } catch (error) {
    rmSync(next, { force: true });
    return broken(file, `cannot be written (${faultOf(error)})`, 'make its folder writable');
  }
}

function broken(file: string, fact: string, action: string): string {
  return `every call is refused, because calls cannot be counted: \`${file}\` ${fact}; a person has to act: ${action}`;
}
