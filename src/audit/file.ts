import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../source/fault-code.ts';
import { writeWhole } from '../source/write-whole.ts';
import { LogFault } from './fault.ts';
import { segmentName } from './segments.ts';

/** A segment that is being written. Whatever fails, whole lines are all that stays in it, or nothing more is written. */
export interface LogFile {
  readonly number: number;
  readonly bytes: number;
  /** Lines, each with its line feed. Throws `LogFault`. */
  append(lines: string): void;
  /** Throws `LogFault` where somebody else wrote to the file, or removed it. */
  checkSize(): void;
  close(): void;
}

/** A new segment with its header in it, whole or not there. Throws `LogFault`. */
export function createSegment(folder: string, number: number, header: Buffer, durable: boolean): LogFile {
  const path = join(folder, segmentName(number));
  if (existsSync(path))
    throw new LogFault('in-the-way', `\`${path}\` is there already`, 'move it away; no record is written over');
  try {
    writeWhole(path, header, { mode: 0o600, flushed: durable });
  } catch (error) {
    throw refused(path, error);
  }
  return openSegment(folder, number, header.length, durable);
}

/** Throws `LogFault`. */
export function openSegment(folder: string, number: number, length: number, durable: boolean): LogFile {
  const path = join(folder, segmentName(number));
  let bytes = length;
  let dead: LogFault | undefined;
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      throw refused(path, error);
    }
  };
  const handle = attempt(() => openSync(path, constants.O_WRONLY | constants.O_APPEND));
  const undo = () => {
    try {
      ftruncateSync(handle, bytes);
    } catch (error) {
      dead = refused(path, error);
    }
  };
  const write = (lines: string, length: number) => {
    try {
      if (writeSync(handle, lines) === length) return;
    } catch (error) {
      undo();
      throw refused(path, error);
    }
    undo();
    throw refused(path, new Error('the disk took only a part of it'));
  };
  return {
    number,
    get bytes() {
      return bytes;
    },
    append: (lines) => {
      if (dead) throw dead;
      const length = Buffer.byteLength(lines);
      write(lines, length);
      bytes += length;
      if (!durable) return;
      try {
        fdatasyncSync(handle);
      } catch (error) {
        // What the disk has of it is not known any more, and asking again would not tell.
        dead = refused(path, error);
        throw dead;
      }
    },
    checkSize: () => {
      if (dead) throw dead;
      const { size, nlink } = attempt(() => fstatSync(handle));
      if (nlink === 0) {
        dead = new LogFault('removed', `\`${path}\` was removed while it was written to`, 'start the gate again');
        throw dead;
      }
      if (size === bytes) return;
      dead = new LogFault(
        'two-writers',
        `somebody else wrote to \`${path}\``,
        'find who; `stakes audit verify` shows what is left',
      );
      throw dead;
    },
    close: () => closeSync(handle),
  };
}

function refused(path: string, error: unknown): LogFault {
  const fault = faultOf(error);
  const help =
    fault === 'ENOSPC' || fault === 'EDQUOT' ? 'make room on the disk' : 'make the file and its folder writable';
  return new LogFault('not-written', `no record can be written to \`${path}\` (${fault})`, help);
}
