import type { Paint } from './context.ts';
import type { Piece, Words } from './words.ts';

export interface Wrapping {
  columns: number;
  paint: Paint;
  /** What stands before the first line. */
  first?: Words;
  /** What stands before the others; as many columns as `first`, unless the text starts on a line of its own. */
  rest?: Words;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** Columns that a terminal gives to a text. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += MARK.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** Lines of at most `columns`, broken between words only: a longer word stands alone on its line, so that it can be copied. */
export function wrap(words: Words, { columns, paint, first = [], rest = [] }: Wrapping): string[] {
  const [before, hanging] = [piecesOf(first), piecesOf(rest)];
  const lines: Piece[][] = [];
  let line = [...before];
  let used = widthOfAll(line);
  let started = false;
  for (const word of wordsOf(piecesOf(words))) {
    const width = widthOfAll(word);
    const fits = used + (started ? 1 : 0) + width <= columns;
    if (!fits && (started || widthOfAll(hanging) < used)) {
      lines.push(line);
      line = [...hanging];
      used = widthOfAll(line);
      started = false;
    }
    if (started) line.push(joint(line, word));
    line.push(...word);
    used += (started ? 1 : 0) + width;
    started = true;
  }
  return [...lines, line].map((pieces) => painted(pieces, paint));
}

/** A line from its pieces, runs of one style painted once. */
export function painted(pieces: Words, paint: Paint): string {
  const runs: Piece[] = [];
  for (const piece of piecesOf(pieces)) {
    const last = runs.at(-1);
    if (last && last.style === piece.style) last.text += piece.text;
    else runs.push({ ...piece });
  }
  const end = runs.at(-1);
  if (end) end.text = end.text.trimEnd();
  return runs
    .filter(({ text }) => text !== '')
    .map(({ text, style }) => (style ? paint[style](plainSpaces(text)) : plainSpaces(text)))
    .join('');
}

function piecesOf(words: Words): Piece[] {
  return words.map((word) => (typeof word === 'string' ? { text: word } : word));
}

/** Words as the pieces they are made of: a word may change its style half-way. */
function wordsOf(pieces: readonly Piece[]): Piece[][] {
  const found: Piece[][] = [[]];
  for (const { text, ...style } of pieces) {
    text.split(' ').forEach((part, index) => {
      if (index > 0) found.push([]);
      if (part !== '') found.at(-1)?.push({ text: part, ...style });
    });
  }
  return found.filter((word) => word.length > 0);
}

/** The space between two words carries their style where they share it, so that one run is painted once. */
function joint(line: readonly Piece[], word: readonly Piece[]): Piece {
  const style = word[0]?.style;
  return style && line.at(-1)?.style === style ? { text: ' ', style } : { text: ' ' };
}

const widthOfAll = (pieces: readonly Piece[]) => pieces.reduce((sum, { text }) => sum + widthOf(text), 0);
const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');
