import type { ArgumentSchema } from '../../model/manifest.ts';
import { violationOf } from '../arguments.ts';
import { numbersFor, textsFor } from './scalars.ts';

/** Values that one sample may be made of. */
const MOST_VALUES = 2_000;

/** A value of a schema, or undefined when none is found within bounds. No JSON value is undefined. */
export function rightValue(schema: ArgumentSchema): unknown {
  let left = MOST_VALUES;

  function first(schema: ArgumentSchema): unknown {
    if (left-- <= 0) return undefined;
    for (const value of candidates(schema)) if (value !== undefined && !violationOf(schema, value)) return value;
    return undefined;
  }

  function* candidates(schema: ArgumentSchema): Generator<unknown> {
    if (Object.hasOwn(schema, 'const')) yield schema.const;
    if (schema.enum) yield* schema.enum;
    for (const kind of kindsOf(schema)) {
      if (kind === 'string') yield* textsFor(schema);
      else if (kind === 'number' || kind === 'integer') yield* numbersFor(schema);
      else if (kind === 'boolean') yield* [true, false];
      else if (kind === 'array') yield list(schema);
      else if (kind === 'object') yield fields(schema);
      else yield null;
    }
  }

  function list({ items = {}, minItems = 0, maxItems }: ArgumentSchema): unknown[] | undefined {
    const length = Math.max(minItems, maxItems === 0 ? 0 : 1);
    if (length > left) return undefined;
    const entries = Array.from({ length }, () => first(items));
    if (!entries.includes(undefined)) return entries;
    return minItems === 0 ? [] : undefined;
  }

  function fields({ properties = {}, required = [], additionalProperties = {} }: ArgumentSchema): unknown {
    const unnamed = required.filter((name) => !Object.hasOwn(properties, name));
    const others = typeof additionalProperties === 'object' ? additionalProperties : {};
    const entries = [
      ...Object.entries(properties).map(([name, schema]) => [name, first(schema)] as const),
      ...unnamed.map((name) => [name, first(others)] as const),
    ];
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  return first(schema);
}

type Kind = NonNullable<ArgumentSchema['type']>;
const ANY: readonly Kind[] = ['string', 'integer', 'boolean', 'object', 'array', 'null'];

/** The types a value may have, the one that the other keywords are about first. */
function kindsOf(schema: ArgumentSchema): readonly Kind[] {
  if (schema.type) return [schema.type];
  const says = (...keywords: (keyof ArgumentSchema)[]) => keywords.some((keyword) => schema[keyword] !== undefined);
  if (says('properties', 'required', 'additionalProperties')) return ['object', ...ANY];
  if (says('items', 'minItems', 'maxItems')) return ['array', ...ANY];
  if (says('minLength', 'maxLength', 'pattern')) return ['string', ...ANY];
  return says('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') ? ['number', ...ANY] : ANY;
}
