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
