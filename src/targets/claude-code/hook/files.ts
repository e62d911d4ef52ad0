import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { faultOf } from '../../../source/fault-code.ts';

/** The text of a plain file, or the system's word for why not: `ENOENT`, or `EFBIG` for one of more than `most` bytes. */
export type Text = { text: string } | { fault: string };

/** Without waiting for the other end of a pipe, which would never come. */
export function readText(file: string, most: number): Text {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { fault: 'not a plain file' };
    if (stat.size > most) return { fault: 'EFBIG' };
    const bytes = Buffer.alloc(stat.size);
    const length = readSync(descriptor, bytes, 0, stat.size, 0);
    return { text: bytes.toString('utf8', 0, length) };
  } catch (error) {
    return { fault: faultOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
