import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { faultOf } from '../../source/fault-code.ts';
import { writeWhole } from '../../source/write-whole.ts';
import { mergeSeen, readSeen, type Seen, writeSeen } from './seen.ts';

/** Milliseconds after a call until what was seen of the counts is in the file. */
const AFTER = 250;

/** What gates of one machine have seen of the counts, kept beyond their own life: one file for each agent and Redis. */
export interface Notes {
  read(): Seen | undefined;
  /** Soon, and once for many. */
  soon(seen: Seen): void;
  /** At once. */
  flush(seen: Seen): void;
}

export function openNotes(file: string, tell: (text: string) => void): Notes {
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  const read = (): Seen | undefined => {
    try {
      return readSeen(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  };
  const write = (seen: Seen) => {
    try {
      const before = read();
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeWhole(file, writeSeen(before === undefined ? seen : mergeSeen(seen, before)), { mode: 0o600 });
    } catch (error) {
      if (isTold) return;
      isTold = true;
      tell(`what was counted is not noted on this machine (${faultOf(error)}), and only Redis knows it`);
    }
  };
  return {
    read,
    soon(seen) {
      timer ??= setTimeout(() => {
        timer = undefined;
        write(seen);
      }, AFTER).unref();
    },
    flush(seen) {
      clearTimeout(timer);
      timer = undefined;
      if (seen.life !== '') write(seen);
    },
  };
}
