import type { Span } from '../model/place.ts';
import { cellsOf, visible } from './cells.ts';
import { redactBlocks, redactSource } from './secrets.ts';

export interface Label {
  span: Span;
  text: string;
  primary: boolean;
  /** What it marks is not shown. */
  covered?: boolean;
}

/** Paints parts of a frame; identity when there is no colour. */
export interface FramePaint {
  gutter(text: string): string;
  primary(text: string): string;
  secondary(text: string): string;
}

/** What is shown of one line: its characters from `from`, up to and without `to`; `skipped` more stand before the first. */
interface Window {
  chars: readonly string[];
  skipped: number;
  from: number;
  to: number;
  cut: boolean;
}

const LEAST_WIDTH = 40;
/** Characters on either side of a label that are looked at: far more than are shown, so that no secret is cut where its shape is lost. */
const MARGIN = 10_000;
const plain: FramePaint = { gutter: (t) => t, primary: (t) => t, secondary: (t) => t };

/** The lines of `text` that the labels stand on, each with its marks and words beneath; lines are cut to `columns`. */
export function codeFrame(text: string, labels: readonly Label[], paint: FramePaint = plain, columns = 120): string[] {
  const lines = redactBlocks(text).split(/\r\n|\n|\r/);
  const shown = [...new Set(labels.map((label) => label.span.line))].sort((a, b) => a - b);
  const width = Math.max(2, String(shown.at(-1) ?? 1).length);
  const bar = (number: string) => paint.gutter(`${number.padStart(width)} |`);
  const out = [bar('')];
  let previous = 0;
  for (const line of shown) {
    if (previous > 0 && line > previous + 1) out.push(paint.gutter(`${'.'.repeat(width)} |`));
    const here = labels.filter((label) => label.span.line === line);
    const window = windowOf(lines[line - 1] ?? '', here, Math.max(LEAST_WIDTH, columns - width - 3));
    out.push(`${bar(String(line))} ${contentOf(window)}`.trimEnd());
    for (const label of here) out.push(`${bar('')} ${marks(label, window, paint)}`.trimEnd());
    previous = line;
  }
  out.push(bar(''));
  return out;
}

/** All of a line that fits, else the part around where its labels start. */
function windowOf(line: string, labels: readonly Label[], room: number): Window {
  const first = Math.min(...labels.map((label) => label.span.column)) - 1;
  const all = [...line];
  const skipped = Math.max(0, Math.min(first, all.length) - MARGIN);
  const chars = [...redactSource(all.slice(skipped, first + MARGIN).join(''))].map(visible);
  for (const { span, covered } of labels) {
    const end = span.endLine === span.line ? span.endColumn - 1 - skipped : chars.length;
    if (covered) chars.fill('*', span.column - 1 - skipped, end);
  }
  const cut = skipped + chars.length < all.length;
  if (skipped === 0 && !cut && cellsIn(chars) <= room) return { chars, skipped, from: 0, to: chars.length, cut };
  const from = Math.max(0, Math.min(first - skipped, chars.length - 1) - Math.floor(room / 3));
  // The cut ends are marked, which takes a column each.
  let cells = from > 0 ? 2 : 1;
  let to = from;
  while (to < chars.length && cells + cellsOf(chars[to] ?? '') <= room) cells += cellsOf(chars[to++] ?? '');
  return { chars, skipped, from, to, cut };
}

function contentOf({ chars, from, to, cut }: Window): string {
  return `${from > 0 ? '…' : ''}${chars.slice(from, to).join('')}${cut || to < chars.length ? '…' : ''}`;
}

function marks({ span, text, primary }: Label, { chars, skipped, from, to }: Window, paint: FramePaint): string {
  const start = Math.max(from, span.column - 1 - skipped);
  const last = span.endLine === span.line ? span.endColumn - 1 - skipped : chars.length;
  const size = Math.max(1, cellsIn(chars.slice(start, Math.min(last, to))));
  const line = (primary ? '^' : '-').repeat(size) + (text ? ` ${text}` : '');
  const before = (from > 0 ? 1 : 0) + cellsIn(chars.slice(from, start)) + Math.max(0, start - chars.length);
  return ' '.repeat(before) + (primary ? paint.primary(line) : paint.secondary(line));
}

function cellsIn(chars: readonly string[]): number {
  return chars.reduce((sum, char) => sum + cellsOf(char), 0);
}
