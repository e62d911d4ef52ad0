import type { Span } from '../model/place.ts';

/** Offsets of a text to lines and columns; columns count characters, not the halves of a surrogate pair. */
export type Locate = (start: number, end: number) => Span;

export function locator(text: string): Locate {
  const starts = lineStarts(text);
  const last = text.trimEnd().length;
  // Whole files are written on one line, and most of their places are asked for in order.
  let seen = { start: 0, at: 0, count: 0 };
  const column = (start: number, at: number) => {
    const isNear = seen.start === start && seen.at <= at && (text.charCodeAt(seen.at) & 0xfc00) !== 0xdc00;
    const from = isNear ? seen : { start, at: start, count: 0 };
    seen = { start, at, count: from.count + characters(text, from.at, at) };
    return seen.count + 1;
  };
  const position = (offset: number) => {
    // A fault at the end of the file is shown behind the last thing in it, not on an empty line below.
    const at = Math.min(offset, last);
    const line = lineAt(starts, at);
    return { line, column: column(starts[line - 1] ?? 0, at) };
  };
  return (from, to) => {
    const start = position(from);
    const end = position(Math.max(from, to));
    return { ...start, endLine: end.line, endColumn: end.column };
  };
}

/** Offsets at which the lines start. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line, from 1, that starts at or before the offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function characters(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
