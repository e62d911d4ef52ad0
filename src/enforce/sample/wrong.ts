import type { ArgumentSchema } from '../../model/manifest.ts';
import { kindOf } from '../arguments/kind.ts';
import { under } from '../pointer.ts';
import { rightValue } from './right.ts';
import { MOST_CHARACTERS, wrongNumbers, wrongTexts } from './scalars.ts';

/** A value with one thing changed, and where. */
export interface Change {
  pointer: string;
  value: unknown;
}

/** What may be wrong in a value that a schema takes, one thing at a time. */
export function* changesOf(schema: ArgumentSchema, right: unknown): Generator<Change> {
  for (const value of wrongHere(schema, right)) yield { pointer: '', value };
  if (Array.isArray(right)) yield* wrongEntries(schema, right);
  else if (kindOf(right) === 'object') yield* wrongFields(schema, right as Record<string, unknown>);
}

function* wrongHere(schema: ArgumentSchema, right: unknown): Generator<unknown> {
  if (schema.type) yield schema.type === 'string' ? 7 : 'text';
  if (typeof right === 'string') yield* wrongTexts(schema, right);
  if (typeof right === 'number') yield* wrongNumbers(schema, right);
  if (schema.enum || Object.hasOwn(schema, 'const')) {
    yield typeof right === 'string' ? `${right}-other` : typeof right === 'number' ? right + 1 : !right;
  }
}

function* wrongEntries({ items, minItems, maxItems }: ArgumentSchema, right: unknown[]): Generator<Change> {
  if (minItems) yield { pointer: '', value: right.slice(0, minItems - 1) };
  if (maxItems !== undefined && maxItems < MOST_CHARACTERS) {
    const entry = right[0] ?? (items ? rightValue(items) : null) ?? null;
    yield { pointer: '', value: [...right, ...Array.from({ length: maxItems + 1 - right.length }, () => entry)] };
  }
  if (items && right.length > 0) {
    for (const { pointer, value } of changesOf(items, right[0]))
      yield { pointer: under(0, pointer), value: [value, ...right.slice(1)] };
  }
}

function* wrongFields(schema: ArgumentSchema, right: Record<string, unknown>): Generator<Change> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const entries = Object.entries(right);
  const without = (name: string) => Object.fromEntries(entries.filter(([key]) => key !== name));
  // Appended, so that a field named `__proto__` is one, and the order of the others stays.
  const withField = (name: string, value: unknown) =>
    Object.hasOwn(right, name)
      ? Object.fromEntries(entries.map(([key, old]) => [key, key === name ? value : old]))
      : Object.fromEntries([...entries, [name, value]]);
  for (const name of required) yield { pointer: under(name, ''), value: without(name) };
  for (const [name, inner] of Object.entries(properties)) {
    if (!Object.hasOwn(right, name)) continue;
    for (const { pointer, value } of changesOf(inner, right[name]))
      yield { pointer: under(name, pointer), value: withField(name, value) };
  }
  const extra = unusedName(properties, right);
  if (additionalProperties === false) yield { pointer: under(extra, ''), value: withField(extra, 'text') };
  if (typeof additionalProperties === 'object') {
    for (const { pointer, value } of changesOf(additionalProperties, rightValue(additionalProperties)))
      yield { pointer: under(extra, pointer), value: withField(extra, value) };
  }
}

function unusedName(...maps: object[]): string {
  let name = 'unlisted';
  while (maps.some((map) => Object.hasOwn(map, name))) name += '_';
  return name;
}
