import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, type Entry } from './tally.ts';

/** One line of the journal: what is counted, and which gate wrote it. */
export interface Line extends Entry {
  id: string;
}

/**
 * What all gates of an agent on one machine have let through, one file a day. Each appends and reads what the others
 * appended: the order in the file decides whose call was first, so no lock is needed and no cap is passed by one.
 * The file system has to append whole writes in order, as local ones do.
 */
export interface Journal {
  /** Lines that came since the last time, of today and, just after midnight, of yesterday. Throws when it cannot be trusted. */
  read(time: number): Line[];
  /** Throws where the lines could not be written whole. They are of one day. */
  append(...lines: Line[]): void;
  /** Appends, and reads as `read` does; nothing, at little cost, where nobody else wrote meanwhile. */
  lineUp(time: number, ...lines: Line[]): Line[];
  close(): void;
}

/** Calls of one line. */
export const MOST_LEASED = 64;

const CHUNK = 256 * 1024;
const MINUTE_MS = 60_000;

export function openJournal(folder: string, name: string): Journal {
  const files = new Map<string, Follower>();
  const of = (day: string): Follower => {
    const known = files.get(day);
    if (known !== undefined) return known;
    const opened = follow(join(folder, `${name}.${day}.jsonl`));
    files.set(day, opened);
    return opened;
  };
  sweep(folder, name);
  const journal: Journal = {
    read(time) {
      const today = dayOf(time);
      const earlier = dayOf(time - MINUTE_MS);
      for (const [day, file] of files) {
        if (day >= earlier) continue;
        file.close();
        files.delete(day);
      }
      return earlier === today ? of(today).read() : [...of(earlier).read(), ...of(today).read()];
    },
    append(...lines) {
      if (lines[0]) of(dayOf(lines[0].time)).append(lines);
    },
    lineUp(time, ...lines) {
      const day = dayOf(time);
      const file = of(day);
      file.append(lines);
      return dayOf(time - MINUTE_MS) === day && file.isMineAlone() ? [] : journal.read(time);
    },
    close() {
      for (const file of files.values()) file.close();
      files.clear();
    },
  };
  return journal;
}

interface Follower {
  read(): Line[];
  append(lines: readonly Line[]): void;
  /** Is what was appended last all that was not read yet? Then it counts as read. */
  isMineAlone(): boolean;
  close(): void;
}

function follow(file: string): Follower {
  const descriptor = openSync(file, 'a+', 0o600);
  const buffer = Buffer.allocUnsafe(CHUNK);
  let at = 0;
  let rest = '';
  let mine = 0;
  /** What was missed once is missing for good: nothing of this file is trusted again. */
  let dead: unknown;
  const trusted = <T>(step: () => T): T => {
    if (dead !== undefined) throw dead;
    try {
      return step();
    } catch (error) {
      dead = error;
      throw error;
    }
  };
  /** Bytes of it, at least so many. Throws where others cannot be counting in it, or where something of it is gone. */
  function sizeOf(least: number): number {
    const { size, nlink } = fstatSync(descriptor);
    if (nlink === 0) throw new Error(`\`${file}\` was removed while it was counted in; start the gate again`);
    if (size < least) throw new Error(`\`${file}\` was cut off while it was counted in; start the gate again`);
    return size;
  }
  return {
    read: () =>
      trusted(() => {
        sizeOf(at);
        const lines: Line[] = [];
        for (;;) {
          const length = readSync(descriptor, buffer, 0, CHUNK, at);
          at += length;
          const parts = (rest + buffer.toString('latin1', 0, length)).split('\n');
          rest = parts.pop() ?? '';
          for (const part of parts) lines.push(lineOf(part, file));
          if (length < CHUNK) return lines;
        }
      }),
    append(lines) {
      let text = '';
      for (const { time, key, count, usd, id } of lines)
        text += `${ascii(JSON.stringify([time, key, count, usd, id]))}\n`;
      mine = text.length;
      if (writeSync(descriptor, text) !== mine) throw new Error(`\`${file}\` could not be written in full`);
    },
    isMineAlone() {
      if (trusted(() => sizeOf(at + mine)) !== at + mine || rest !== '') return false;
      at += mine;
      return true;
    },
    close: () => closeSync(descriptor),
  };
}

/** The same JSON in one byte a character: it is read in pieces, which must not cut a character. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function lineOf(text: string, file: string): Line {
  const value = parsed(text);
  if (Array.isArray(value) && value.length === 5) {
    const [time, key, count, usd, id] = value as unknown[];
    const isLine =
      Number.isSafeInteger(time) &&
      typeof key === 'string' &&
      isCount(count) &&
      isAmount(usd) &&
      typeof id === 'string';
    if (isLine) return { time: time as number, key, count, usd: usd as number, id };
  }
  throw new Error(`\`${file}\` is damaged; delete it to count from zero`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && value !== 0 && Math.abs(value as number) <= MOST_LEASED;
const isAmount = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Days that nothing asks for any more. */
function sweep(folder: string, name: string): void {
  const oldest = dayOf(Date.now() - 3 * 24 * 60 * MINUTE_MS);
  for (const file of readdirSync(folder)) {
    const day = file.startsWith(`${name}.`) ? /\.(\d{4}-\d\d-\d\d)\.jsonl$/.exec(file)?.[1] : undefined;
    if (day !== undefined && day < oldest) rmSync(join(folder, file), { force: true });
  }
}
