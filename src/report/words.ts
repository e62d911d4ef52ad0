import type { Paint } from './context.ts';

/** A run of text that is painted as one. */
export interface Piece {
  text: string;
  style?: keyof Paint;
}

export type Words = readonly (string | Piece)[];

/** `1 tool`, `2 tools`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A number for people: at most one decimal. */
export function about(number: number): string {
  return String(Math.round(number * 10) / 10);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The first few items, and how many were left out. */
export function firstOf<T>(items: readonly T[], most: number): { items: readonly T[]; more: number } {
  // Leaving out a single item saves nothing: the words that say so are as long.
  return items.length <= most + 1 ? { items, more: 0 } : { items: items.slice(0, most), more: items.length - most };
}

/** Whether a reason says of itself that it is not certain. */
export function soundsOpen(reason: string): boolean {
  return /\b(may|perhaps|unclassified)\b/.test(reason);
}

/** Prose with short `code` in it: the code stays on one line; a command of ours does so at any length, to be copied. */
export function prose(text: string): string {
  return text.replace(/`(?:stakes [^`]+|[^`]{1,40})`/g, (code) => code.replaceAll(' ', '\u00a0'));
}
