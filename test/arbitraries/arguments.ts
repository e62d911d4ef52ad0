import fc from 'fast-check';
import type { ArgumentSchema } from '../../src/model/manifest.ts';
import { patterns, texts } from './pattern.ts';

/** Names that every object seems to have, and names that pointers must escape. */
const NAMES = ['a', 'b', 'c', 'toString', 'constructor', 'hasOwnProperty', 'x/y', '~1', 'é', ''] as const;
const name = fc.constantFrom(...NAMES);
const named = name.filter((one) => one !== '');
const numbers = fc.constantFrom(0, -0, 1, 2, 3, 5, 7, 10, -1, -4, 0.5, 2.5, 0.1, 19.99, 1e6, 2 ** 53, -1e-7);
const lengths = fc.constantFrom(0, 1, 2, 3, 5);

/** Any JSON value, small. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    fc.constantFrom<unknown>(null, true, false, '', 'a', 'ab', '😀'),
    numbers,
    texts,
    fc.array(tie('value'), { maxLength: 3 }),
    record(fc.constantFrom('a', 'b', '__proto__', 'é'), tie('value')),
  ),
})).value;

/** Own fields, `__proto__` among them, as `JSON.parse` makes them. */
function record(key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));
}

type Keywords = Partial<Record<keyof ArgumentSchema, fc.Arbitrary<unknown>>>;

const OF_NUMBERS = {
  minimum: numbers,
  maximum: numbers,
  exclusiveMinimum: numbers,
  exclusiveMaximum: numbers,
  multipleOf: fc.constantFrom(1, 2, 3, 7, 10),
};
const OF_TEXTS = { minLength: lengths, maxLength: lengths, pattern: patterns };

function some(keywords: Keywords): fc.Arbitrary<ArgumentSchema> {
  return fc.record(keywords as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [], noNullPrototype: true });
}

const maybeTyped = (schema: fc.Arbitrary<ArgumentSchema>, ...types: NonNullable<ArgumentSchema['type']>[]) =>
  fc.tuple(schema, fc.constantFrom(...types, undefined)).map(([rest, type]) => (type ? { type, ...rest } : rest));

/** Schemas of the subset that is enforced; every keyword, with and without a type. */
export const argumentSchemas: fc.Arbitrary<ArgumentSchema> = fc.letrec<{ schema: ArgumentSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    maybeTyped(some(OF_NUMBERS), 'number', 'integer'),
    maybeTyped(some(OF_TEXTS), 'string'),
    fc.constantFrom<ArgumentSchema>({ type: 'boolean' }, { type: 'null' }, {}),
    some({ enum: fc.array(anyValue, { minLength: 1, maxLength: 3 }), const: anyValue }),
    maybeTyped(
      some({ ...OF_NUMBERS, ...OF_TEXTS, minItems: lengths, required: fc.uniqueArray(named, { maxLength: 3 }) }),
    ),
    maybeTyped(some({ minItems: lengths, maxItems: lengths, items: tie('schema') }), 'array'),
    maybeTyped(objects(tie('schema')), 'object'),
    maybeTyped(objects(tie('schema')), 'object'),
  ),
})).schema;

function objects(inner: fc.Arbitrary<ArgumentSchema>): fc.Arbitrary<ArgumentSchema> {
  return some({
    properties: fc.array(fc.tuple(name, inner), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    required: fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: named }, fc.constant('__proto__')), { maxLength: 2 }),
    additionalProperties: fc.oneof<fc.Arbitrary<boolean | ArgumentSchema>[]>(fc.boolean(), inner),
  });
}

const shifts = fc.constantFrom(0, 0, 1, -1, 0.5);

/** Values at and beside the bounds of a schema, and now and then any other. */
export function valuesNear(schema: ArgumentSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 1, arbitrary: anyValue }, { weight: 8, arbitrary: near(schema) });
}

function near(schema: ArgumentSchema): fc.Arbitrary<unknown> {
  const { type, properties, required, additionalProperties, items, minItems, maxItems, minLength, maxLength } = schema;
  const listed = [...(schema.enum ?? []), ...('const' in schema ? [schema.const] : [])];
  if (listed.length > 0) return fc.constantFrom(...listed);
  if (type === 'object' || properties || required || additionalProperties !== undefined) {
    const keys = [...Object.keys(properties ?? {}), ...(required ?? [])];
    const extra = typeof additionalProperties === 'object' ? valuesNear(additionalProperties) : anyValue;
    const field = (key: string) => {
      const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
      return fc.tuple(fc.constant(key), known ? valuesNear(known) : extra);
    };
    const fields = fc.tuple(...keys.map((key) => fc.option(field(key), { freq: 8 })));
    const extras = fc.array(fc.tuple(name, extra), { maxLength: 1 });
    return fc
      .tuple(extras, fields)
      .map(([more, own]) => Object.fromEntries([...more, ...own.filter((entry) => entry !== null)]));
  }
  if (type === 'array' || items || minItems !== undefined || maxItems !== undefined) {
    const length = Math.min(minItems ?? maxItems ?? 1, maxItems ?? 9);
    return fc
      .constantFrom(length, length, length + 1, Math.max(0, length - 1))
      .chain((count) => fc.array(items ? valuesNear(items) : anyValue, { minLength: count, maxLength: count }));
  }
  if (type === 'string' || minLength !== undefined || maxLength !== undefined || schema.pattern !== undefined) {
    const length = minLength ?? maxLength ?? 2;
    const sized = fc
      .tuple(
        fc.constantFrom('a', '😀', '\ud83d', 'é'),
        fc.constantFrom(length, maxLength ?? length, length + 1, length - 1),
      )
      .map(([character, count]) => character.repeat(Math.max(0, count)));
    return fc.oneof(sized, texts);
  }
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const bounds = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf].filter(
    (bound) => bound !== undefined,
  );
  if (bounds.length > 0 || type === 'number' || type === 'integer')
    return fc.oneof(
      numbers,
      fc.tuple(fc.constantFrom(...bounds, 1), shifts).map(([bound, shift]) => bound + shift),
    );
  return anyValue;
}
