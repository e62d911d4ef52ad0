import { treeOf } from './syntax.ts';

/** How a text is laid out, so that what is added looks like the rest. */
export interface Style {
  eol: '\n' | '\r\n';
  unit: string;
  /** All of it stands on one line. */
  compact: boolean;
}

export function styleOf(text: string): Style {
  const eol = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const compact = !text.trim().includes('\n') && (treeOf(text)?.children?.length ?? 0) > 0;
  return { eol, unit, compact };
}

/** A value as it would stand at this indentation. */
export function rendered(value: unknown, indent: string, { eol, unit, compact }: Style): string {
  if (compact) return JSON.stringify(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The white space at the start of the line. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Of two edits at one place the earlier in the list comes first in the text. */
export function edited(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    out += text.slice(at, Math.max(at, edit.start)) + edit.text;
    at = Math.max(at, edit.end);
  }
  return out + text.slice(at);
}
