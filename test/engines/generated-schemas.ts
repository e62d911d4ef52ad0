import fc from 'fast-check';
import type { ArgumentSchema } from '../../src/model/manifest.ts';

type Schemas = fc.Arbitrary<ArgumentSchema>;

const text = fc.constantFrom('a', 'ab', 'b*', 'eu', 'US', '"', '\\', 'é', 'a b', '');
const whole = fc.integer({ min: -3, max: 5000 });
const tenth = fc.integer({ min: -30, max: 600 }).map((value) => value / 10);

const some = (keywords: Record<string, fc.Arbitrary<unknown>>): Schemas =>
  fc.record(keywords, { requiredKeys: [], noNullPrototype: true }) as Schemas;
const typed = (type: ArgumentSchema['type'], keywords: Record<string, fc.Arbitrary<unknown>>): Schemas =>
  some(keywords).map((rest) => ({ ...(type === undefined ? {} : { type }), ...rest }));
const listed = (one: fc.Arbitrary<unknown>) => fc.uniqueArray(one, { minLength: 1, maxLength: 3 });

/** As people write them: mostly one bound or a list, on a field of one type. */
const field: Schemas = fc.oneof(
  typed('integer', { minimum: whole, maximum: whole }),
  typed('integer', { enum: listed(whole), multipleOf: fc.constantFrom(1, 5) }),
  typed('number', { maximum: tenth, exclusiveMinimum: tenth }),
  typed('string', { enum: listed(text) }),
  typed('string', { maxLength: fc.constantFrom(1, 4, 64), minLength: fc.constantFrom(0, 1) }),
  typed('string', { pattern: fc.constantFrom('^a', 'b$', '^ab$', '^b\\*', '^[a-z]{1,8}$', '^(a|b)+$', '"') }),
  typed('boolean', { const: fc.boolean() }),
  typed('array', {
    items: fc.oneof(typed('string', { enum: listed(text) }), typed('integer', {})),
    minItems: fc.constantFrom(0, 1),
    maxItems: fc.constantFrom(1, 2),
  }),
  typed('null', {}),
  typed(undefined, { const: text, maximum: whole }),
  fc.constant({}),
);

const NAMES = ['id', 'amount', 'to', 'labels', 'an "odd" name'] as const;

const objects = (inner: Schemas): Schemas =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), inner, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      fc.subarray([...NAMES]),
      fc.constantFrom<{ additionalProperties?: boolean }>({}, { additionalProperties: false }),
    )
    .map(([properties, required, rest]) => ({
      type: 'object',
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      ...rest,
    }));

/** Argument schemas of tools: an object with a few fields, now and then one in another. */
export const schemas: Schemas = objects(
  fc.oneof({ weight: 8, arbitrary: field }, { weight: 1, arbitrary: objects(field) }),
);
