import { valueAt } from '../enforce/pointer.ts';
import type { IntentRecord } from '../model/record.ts';
import { holdsSecret } from '../source/secrets.ts';
import { canonical } from './canonical.ts';
import { digestOf } from './hash.ts';

const MOST_TEXT = 200;
const MOST_FIELDS = 50;

/** What records show of the arguments: the policy's fields, and of those what is short, a scalar and no secret. */
export function recordFields(values: unknown, pointers: readonly string[]): IntentRecord['fields'] {
  const fields: IntentRecord['fields'] = {};
  for (const pointer of [...pointers].sort().slice(0, MOST_FIELDS)) {
    const value = pointer === '' || pointer.startsWith('/') ? valueAt(values, pointer) : undefined;
    if (value !== undefined) fields[pointer] = shownOf(value);
  }
  return fields;
}

function shownOf(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string' && value.length <= MOST_TEXT && !holdsSecret(value)) return value;
  return digestOf(canonical(value));
}
