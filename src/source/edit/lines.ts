/** A part of a text and what takes its place. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** A text and how it is written. */
export interface Sheet {
  text: string;
  eol: '\n' | '\r\n';
  /** Strict JSON stays strict JSON. */
  json: boolean;
}

/** Why a change cannot be written: lower-case, names in backticks. */
export interface Refusal {
  refused: string;
}

export const refuse = (refused: string): Refusal => ({ refused });

export function sheetOf(text: string): Sheet {
  const eol = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  return { text, eol, json: isJson(text) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line's own characters end, before its line break. */
export function lineEnd(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  if (feed < 0) return text.length;
  return feed > at && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Where the next line starts; the end of the text after the last one. */
export function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}

/** Nothing but space and at most one comment? */
export function isTail(text: string): boolean {
  return /^[ \t]*(?:#.*)?\r?$/.test(text);
}

export function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

/** The next character between two values that is neither space nor in a comment. */
export function markAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === '#') at = nextLine(text, at);
    else if (/\s/.test(text[at] ?? '')) at++;
    else break;
  }
  return at;
}

/** What is put in the same place stands in the order that it is given in. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, text: put } of [...splices].sort((a, b) => a.start - b.start)) {
    out += text.slice(at, start) + put;
    at = Math.max(at, end);
  }
  return out + text.slice(at);
}
