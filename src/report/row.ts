import type { ReportContext } from './context.ts';
import type { Piece, Words } from './words.ts';
import { widthOf, wrap } from './wrap.ts';

const LABEL = 11;
const INDENT = 2 + 2 + LABEL + 2;
const NARROW = 60;

export interface Row {
  /** One character that the label says in words too. */
  mark?: Piece;
  label: Piece;
  text: Words;
}

/** A label and its text beside it; beneath it where the terminal is narrow. */
export function row({ mark = { text: ' ' }, label, text }: Row, { columns, paint }: ReportContext): string[] {
  const head: Words = ['  ', mark, ' ', label];
  if (columns < NARROW) {
    const indent = '      ';
    return [
      ...wrap([label], { columns, paint, first: ['  ', mark, ' '], rest: [indent] }),
      ...wrap(text, { columns, paint, first: [indent], rest: [indent] }),
    ];
  }
  const gap = ' '.repeat(Math.max(2, INDENT - 4 - widthOf(label.text)));
  return wrap(text, { columns, paint, first: [...head, gap], rest: [' '.repeat(INDENT)] });
}

/** A line that opens a section. */
export function heading(words: Words, { columns, paint }: ReportContext): string[] {
  return wrap(words, { columns, paint, first: ['  '], rest: ['    '] });
}

/** A numbered item with a hanging indent. */
export function item(number: number, words: Words, { columns, paint }: ReportContext): string[] {
  const first = `${String(number).padStart(3)}. `;
  return wrap(words, { columns, paint, first: [first], rest: [' '.repeat(first.length)] });
}
