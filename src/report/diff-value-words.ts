import { shown } from './shown.ts';
import { firstOf, listed } from './words.ts';

/** Values longer than this are only said to have changed. */
const SHORT = 40;
const MOST_ITEMS = 5;

/** A name for prose that puts code into backticks: its own would end the code. */
export function named(name: string, limit = 100): string {
  return name === '' ? '(empty)' : shown(name, limit).replaceAll('`', '\\u{60}');
}

export function quoted(name: string, limit = 100): string {
  return `\`${named(name, limit)}\``;
}

/** `` `limits.usdPerDay`: 25 → 250 ``; of a value that is no single word, only that it changed. */
export function movedWords(label: string, from: unknown, to: unknown): string {
  const lists = listWords(label, from, to);
  if (lists !== undefined) return lists;
  const [before, after] = [valueWords(from), valueWords(to)];
  if (before !== undefined && after !== undefined) return `${label}: ${before} → ${after}`;
  if (from === undefined) return `${label} is new`;
  return to === undefined ? `${label} is gone` : `${label} changed`;
}

/** A declared word as it is, for brackets. */
export function wordOf(value: unknown): string {
  return value === undefined ? 'not stated' : named(String(value), SHORT);
}

/** What came into a list and what left it; undefined: these are not two lists of short texts. */
export function listChange(from: unknown, to: unknown): { gained: string[]; lost: string[] } | undefined {
  if (!isList(from) || !isList(to) || (from === undefined && to === undefined)) return undefined;
  const [before, after] = [from ?? [], to ?? []];
  return {
    gained: after.filter((item) => !before.includes(item)),
    lost: before.filter((item) => !after.includes(item)),
  };
}

/** `` `a`, `b` and 4 more ``. */
export function namesWords(names: readonly string[]): string {
  const { items, more } = firstOf(names, MOST_ITEMS);
  return listed([...items.map((item) => quoted(item)), ...(more > 0 ? [`${more} more`] : [])]);
}

function listWords(label: string, from: unknown, to: unknown): string | undefined {
  if (!Array.isArray(from) && !Array.isArray(to)) return undefined;
  const change = listChange(from, to);
  if (!change || change.gained.length + change.lost.length === 0) return undefined;
  return `${label} ${listed([
    ...(change.gained.length > 0 ? [`gains ${namesWords(change.gained)}`] : []),
    ...(change.lost.length > 0 ? [`loses ${namesWords(change.lost)}`] : []),
  ])}`;
}

const isList = (value: unknown): value is string[] | undefined =>
  value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

function valueWords(value: unknown): string | undefined {
  if (value === undefined) return 'not set';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= SHORT ? quoted(value) : undefined;
}
