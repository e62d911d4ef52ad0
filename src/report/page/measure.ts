import { widthOf } from '../wrap.ts';

/** Widths in pixels of a column of text at the sizes that drawings use: the widest of the usual system fonts decides. */
const MONO = 7.3;
const SANS = 8.1;
const SMALL = 6.4;

export const monoWidth = (text: string) => widthOf(text) * MONO;
export const sansWidth = (text: string) => widthOf(text) * SANS;
export const smallWidth = (text: string) => widthOf(text) * SMALL;

/** A text that fits in this many columns; the middle goes, since names begin and end alike. */
export function clipped(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const chars = [...text];
  let [head, tail] = [Math.ceil(chars.length / 2), Math.floor(chars.length / 2)];
  const cut = () => `${chars.slice(0, head).join('')}…${tail > 0 ? chars.slice(-tail).join('') : ''}`;
  // Straight to about the right length first: names may be long.
  head = Math.min(head, Math.ceil((columns - 1) / 2));
  tail = Math.min(tail, Math.floor((columns - 1) / 2));
  while (widthOf(cut()) > columns && head > 1) {
    if (tail >= head) tail -= 1;
    else head -= 1;
  }
  return cut();
}

/** Words on lines of at most this many columns. */
export function lines(text: string, columns: number): string[] {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const last = made.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= columns) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  return made;
}
