import { lineAt, lineStarts } from '../../source/locate.ts';

/** Lines of a text, from 1, by offset. */
export interface Lines {
  lineAt(offset: number): number;
  /** The first line below that is neither empty nor only a comment; the last one if there is none. */
  contentBelow(line: number): number;
}

export function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  // Once for all: a comment above a thousand others would look through them all.
  const content: number[] = [];
  let next = starts.length;
  for (let line = starts.length; line >= 1; line--) {
    content[line] = next;
    if (
      !/^[ \t\r]*(?:#|$)/.test(
        text
          .slice(starts[line - 1], starts[line] ?? text.length)
          .slice(0, LONGEST)
          .replace(/\n$/, ''),
      )
    )
      next = line;
  }
  return {
    lineAt: (offset) => lineAt(starts, offset),
    contentBelow: (line) => content[line] ?? line,
  };
}

/** Indentation beyond this many columns is content. */
const LONGEST = 1000;
