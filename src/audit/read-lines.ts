import { readSync } from 'node:fs';

/** The longest line that a log has; the writer refuses what would be longer. */
export const MOST_LINE = 256 * 1024;
const CHUNK = 1024 * 1024;
const FEED = 10;

/** A line without its feed. The bytes are good until the next one is asked for. */
export interface Line {
  /** The byte 0, as RFC 6962 marks leaves, and the line. */
  marked: Buffer;
  /** Where it begins in the file. */
  offset: number;
  /** `torn`: the file ends in it. `long`: only its beginning is here. */
  state: 'whole' | 'torn' | 'long';
}

/** The lines of an open file from a byte on, with the memory of one chunk and one line. */
export function* linesOf(handle: number, from = 0): Generator<Line> {
  // The byte before the buffer's content is for the mark of the first line in it.
  const buffer = Buffer.allocUnsafe(1 + MOST_LINE + CHUNK);
  let start = 1;
  let end = 1;
  let base = from;
  for (let at = 0; ; ) {
    const feed = buffer.indexOf(FEED, Math.max(at, start));
    // What is behind the end is of a chunk before.
    if (feed >= 0 && feed < end) {
      if (feed - start > MOST_LINE) return yield cut(buffer, start, start + MOST_LINE, base, 'long');
      yield cut(buffer, start, feed, base, 'whole');
      at = start = feed + 1;
      continue;
    }
    if (end - start > MOST_LINE) return yield cut(buffer, start, start + MOST_LINE, base, 'long');
    buffer.copy(buffer, 1, start, end);
    base += start - 1;
    end -= start - 1;
    at = end;
    start = 1;
    const length = readSync(handle, buffer, end, Math.min(CHUNK, buffer.length - end), base + end - 1);
    if (length === 0) break;
    end += length;
  }
  if (end > start) yield cut(buffer, start, end, base, 'torn');
}

/** What the mark is written over is the feed of the line before, or nothing. */
function cut(buffer: Buffer, start: number, end: number, base: number, state: Line['state']): Line {
  buffer[start - 1] = 0;
  return { marked: buffer.subarray(start - 1, end), offset: base + start - 1, state };
}
