import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from 'node:fs';
import type { StartRecord } from '../model/record.ts';
import { writeWhole } from '../source/write-whole.ts';
import { LogFault } from './fault.ts';
import { digestOf } from './hash.ts';
import { MOST_LINE } from './read-lines.ts';

/** Takes off what stands after the last whole line, which nobody was told is written, and keeps it beside the file. */
export function heal(path: string, bytes: number): StartRecord['torn'] {
  const handle = openSync(path, 'r+');
  try {
    const length = fstatSync(handle).size - bytes;
    if (length === 0) return null;
    if (length > MOST_LINE)
      throw new LogFault(
        'damaged',
        `\`${path}\` ends in ${length} bytes that are no line`,
        'keep the folder, and write to another one',
      );
    const rest = Buffer.alloc(length);
    readSync(handle, rest, 0, length, bytes);
    // Its own name for each: what was kept before stays.
    writeWhole(`${path}.torn-${digestOf(rest).slice(7, 23)}`, rest, { mode: 0o600, flushed: true });
    ftruncateSync(handle, bytes);
    fsyncSync(handle);
    return { bytes: length, digest: digestOf(rest) };
  } finally {
    closeSync(handle);
  }
}
