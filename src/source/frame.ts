import type { Span } from '../model/place.ts';
import { redact } from './secrets.ts';

export interface Label {
  span: Span;
  text: string;
  primary: boolean;
}

/** Paints parts of a frame; identity when there is no colour. */
export interface FramePaint {
  gutter(text: string): string;
  primary(text: string): string;
  secondary(text: string): string;
}

const MAX_WIDTH = 120;
const plain: FramePaint = { gutter: (t) => t, primary: (t) => t, secondary: (t) => t };

/** The lines of `text` that the labels stand on, each with its marks and words beneath. */
export function codeFrame(text: string, labels: readonly Label[], paint: FramePaint = plain): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const shown = [...new Set(labels.map((label) => label.span.line))].sort((a, b) => a - b);
  const width = Math.max(2, String(shown.at(-1) ?? 1).length);
  const bar = (number: string) => paint.gutter(`${number.padStart(width)} |`);
  const out = [paint.gutter(`${' '.repeat(width)} |`)];
  let previous = 0;
  for (const line of shown) {
    if (previous > 0 && line > previous + 1) out.push(paint.gutter(`${'.'.repeat(width)} |`));
    const content = [...redact(lines[line - 1] ?? '')].map((char) =>
      char === '\t' ? ' ' : isControl(char) ? '\uFFFD' : char,
    );
    const here = labels.filter((label) => label.span.line === line);
    const start = Math.max(0, Math.min(...here.map((label) => label.span.column)) - 40);
    const from = content.length > MAX_WIDTH ? start : 0;
    out.push(`${bar(String(line))} ${content.slice(from, from + MAX_WIDTH).join('')}`.trimEnd());
    for (const label of here) out.push(`${bar('')} ${marks(label, content.length, from, paint)}`.trimEnd());
    previous = line;
  }
  out.push(paint.gutter(`${' '.repeat(width)} |`));
  return out;
}

function marks({ span, text, primary }: Label, length: number, from: number, paint: FramePaint): string {
  const end = span.endLine === span.line ? span.endColumn : length + 1;
  const size = Math.max(1, Math.min(end, from + MAX_WIDTH + 1) - span.column);
  const line = (primary ? '^' : '-').repeat(size) + (text ? ` ${text}` : '');
  return ' '.repeat(Math.max(0, span.column - 1 - from)) + (primary ? paint.primary(line) : paint.secondary(line));
}

/** Control characters of a hostile file must not reach a terminal. */
function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}
