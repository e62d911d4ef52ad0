import type { PatchOperation } from '../model/assessment.ts';
import { tokensOf } from './pointer.ts';
import { isRecord } from './record.ts';

export type Change = Pick<PatchOperation, 'op' | 'path' | 'value'>;

/** RFC 6902 `add`, `replace` and `remove` on a copy of a JSON value; undefined where a path leads nowhere. */
export function patchedValue(document: unknown, patch: readonly Change[]): { value: unknown } | undefined {
  const box = { value: unshared(document) };
  for (const { op, path, value } of patch) {
    const tokens = ['value', ...tokensOf(path)];
    const last = tokens.pop() ?? '';
    let holder: unknown = box;
    for (const token of tokens) holder = childOf(holder, token);
    const done = Array.isArray(holder) ? inList(holder, op, last, value) : inMap(holder, op, last, value);
    if (!done) return undefined;
  }
  return box;
}

/** A copy in which what an alias repeats is a value of its own. */
function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unshared(item)]))
    : value;
}

function childOf(holder: unknown, token: string): unknown {
  if (Array.isArray(holder)) return INDEX.test(token) ? holder[Number(token)] : undefined;
  return isRecord(holder) && Object.hasOwn(holder, token) ? holder[token] : undefined;
}

function inMap(holder: unknown, op: Change['op'], key: string, value: unknown): boolean {
  if (!isRecord(holder) || (op !== 'add' && !Object.hasOwn(holder, key))) return false;
  if (op === 'remove') delete holder[key];
  // Assigning to `__proto__` would not make a key.
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  return true;
}

const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;

function inList(holder: unknown[], op: Change['op'], token: string, value: unknown): boolean {
  const index = token === '-' ? holder.length : INDEX.test(token) ? Number(token) : -1;
  if (index < 0 || index > holder.length || (op !== 'add' && index === holder.length)) return false;
  holder.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  return true;
}
