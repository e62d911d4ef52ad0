import type { Place, Span } from '../model/place.ts';
import { codeFrame, type Label } from '../source/frame.ts';
import type { Paint, ReportContext } from './context.ts';
import { shown } from './shown.ts';
import type { Words } from './words.ts';
import { widthOf, wrap } from './wrap.ts';

/** A place with the few words that stand under it. */
export interface Marked {
  place: Place;
  text: string;
}

export interface Framing {
  primary: Marked;
  related: readonly Marked[];
  /** How the marks under the primary place are painted. */
  style: keyof Paint;
  /** What the primary place marks is not shown. */
  covered: boolean;
}

/** Room for ` 24 | `, and the marks' own space before their words. */
const GUTTER = 3;

/** The lines of the places, file by file, with what could not stand beside its marks as notes to print below. */
export function framesOf(framing: Framing, context: ReportContext): { lines: string[]; notes: string[] } {
  const { primary, related } = framing;
  const { texts, paint, columns } = context;
  const width = gutterWidth([primary.place, ...related.map(({ place }) => place)]);
  const files = [...new Set([primary.place.file, ...related.map(({ place }) => place.file)])];
  const notes: string[] = [];
  const lines = files.flatMap((file) => {
    const own = file === primary.place.file;
    const text = texts.get(file);
    const marked = [...(own ? [primary] : []), ...related.filter(({ place }) => place.file === file)];
    const labels = marked.map((mark): Label => {
      const fits = text !== undefined && fitsBeside(mark, text, columns - width - GUTTER);
      if (!fits && mark.text !== '')
        notes.push(mark === primary ? mark.text : `${own ? 'line ' : `${file}:`}${mark.place.line}: ${mark.text}`);
      return {
        span: mark.place,
        text: fits ? shown(mark.text) : '',
        primary: mark === primary,
        covered: mark === primary && framing.covered,
      };
    });
    const [first] = marked;
    const where = first ? `:${first.place.line}:${first.place.column}` : '';
    const head = `${' '.repeat(width)}${paint.note(own ? '-->' : ':::')} ${shown(file, 1000)}${where}`;
    if (text === undefined) return [head];
    const colours = { gutter: paint.note, primary: paint[framing.style], secondary: paint.note };
    const missing = ' '.repeat(width - gutterWidth(labels.map(({ span }) => span)));
    const frame = codeFrame(text, labels, colours, columns - missing.length).slice(0, -1);
    return [head, ...frame.map((line) => missing + line)];
  });
  return { lines, notes };
}

/** A line that hangs below a frame: `   = help: …`. */
export function noteLines(name: string, text: Words, margin: number, { columns, paint }: ReportContext): string[] {
  return wrap(text, {
    columns,
    paint,
    first: [' '.repeat(margin), ' ', { text: '=', style: 'note' }, ' ', { text: `${name}:`, style: 'strong' }, ' '],
    rest: [' '.repeat(margin + name.length + 5)],
  });
}

export const gutterWidth = (spans: readonly Span[]): number =>
  Math.max(2, ...spans.map(({ line }) => String(line).length));

function fitsBeside({ place, text }: Marked, source: string, room: number): boolean {
  const words = widthOf(shown(text));
  // What cannot fit under any line needs no look at the source.
  if (words + place.column > room) return false;
  const line = lineOf(source, place.line);
  if (line === undefined || widthOf(line) > room) return false;
  const chars = [...line];
  const end = place.endLine === place.line ? place.endColumn - 1 : chars.length;
  return widthOf(chars.slice(0, Math.max(end, place.column)).join('')) + 1 + words <= room;
}

function lineOf(source: string, number: number): string | undefined {
  return source.split(/\r\n|\n|\r/, number)[number - 1];
}
