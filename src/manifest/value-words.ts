import { tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { redact } from '../source/secrets.ts';

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: '`true` or `false`',
};
const QUOTED = 40;

/** `a map`, `text`, …: a type of JSON Schema in words. */
export function typeWords(type: string): string {
  return KINDS[type] ?? `a ${type}`;
}

/** The kind of a value in words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isFinite(value)) return `\`${value}\``;
  return typeWords(typeof value);
}

/** A value as it is quoted in a message: short, and without secrets. */
export function quote(value: unknown): string {
  if (typeof value === 'object') return kindOf(value);
  const text = redact(String(value));
  return `\`${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}\``;
}

export function quoteAll(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}

/** How a message names what stands at a pointer: by its key, or by its place in a list. */
export function nameOf(pointer: string): string {
  const tokens = tokensOf(pointer);
  const last = tokens.at(-1);
  if (last === undefined) return 'the manifest';
  const list = LISTS.has(tokens.at(-2) ?? '') && /^\d+$/.test(last);
  return list ? `entry ${Number(last) + 1} of ${quote(tokens.at(-2))}` : quote(last);
}

const LISTS: ReadonlySet<string> = new Set([
  'allowedHosts',
  'approvers',
  'args',
  'categories',
  'data',
  'enum',
  'models',
  'read',
  'record',
  'required',
  'scopes',
  'servers',
  'write',
]);

export function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(current)) current = current[Number(token)];
    else current = isRecord(current) && Object.hasOwn(current, token) ? current[token] : undefined;
  }
  return current;
}
