import { expect, test } from 'vitest';
import type { ArgumentSchema } from '../model/manifest.ts';
import { violationOf } from './arguments.ts';

const parse = (text: string): unknown => JSON.parse(text);
const messageOf = (schema: ArgumentSchema, value: unknown) => violationOf(schema, value)?.message;

test.each<[ArgumentSchema, unknown, string | undefined]>([
  [{ properties: { amount: { maximum: 5000 } } }, { amount: 5001 }, '`/amount` must be at most 5000'],
  [{ required: ['amount'] }, {}, '`/amount` is required'],
  [{ type: 'object' }, [], 'the arguments must be an object'],
  [{ properties: { 'a/b': { items: { type: 'integer' } } } }, { 'a/b': [1, 1.5] }, '`/a~1b/1` must be a whole number'],
  [{ properties: { a: {} }, additionalProperties: false }, { b: 1 }, 'the arguments must have no fields but `a`'],
  [{ additionalProperties: { type: 'string' } }, { b: 1 }, '`/*` must be text'],
  [{ enum: ['a', 1] }, 'b', 'the arguments must be one of `"a"`, `1`'],
  [{ const: null }, 0, 'the arguments must be `null`'],
  [{ pattern: '^a$' }, 'b', 'the arguments must match `^a$`'],
  [{ pattern: '(?=a)' }, 'a', 'the arguments cannot be let through: the pattern of its schema is not enforceable'],
  [{ maxLength: 1 }, '😀😀', 'the arguments must have at most 1 character'],
  [{ minLength: 2 }, '😀', 'the arguments must have at least 2 characters'],
  [{ minLength: 2, maxLength: 2 }, '😀😀', undefined],
  [{ minItems: 1 }, [], 'the arguments must have at least 1 entry'],
  [{ type: 'integer' }, 1.0, undefined],
  [{ maximum: 1, maxLength: 1, maxItems: 1 }, true, undefined],
])('%j of %j: %s', (schema, value, message) => expect(messageOf(schema, value)).toBe(message));

test.each<[number, number, boolean]>([
  [19.99, 0.01, true],
  [19.995, 0.01, false],
  [0.3, 0.1, true],
  [1e21, 3, false],
  [1e21, 10, true],
  [1e308, 1e-300, true],
  [5e-324, 2, false],
  [-0.6, 0.2, true],
  [0, 0.7, true],
  [-0, 3, true],
  [2 ** 53 + 2, 3, false],
  [1.1e-7, 1e-8, true],
])('%d is a multiple of %d: %s', (value, multipleOf, is) => {
  expect(violationOf({ multipleOf }, value) === undefined).toBe(is);
});

test('names that every object has are fields like any other', () => {
  const schema = parse(
    '{"properties":{"__proto__":{"type":"integer"},"toString":{"type":"integer"}}}',
  ) as ArgumentSchema;
  const closed = { ...schema, additionalProperties: false };
  expect(violationOf(closed, {})).toBeUndefined();
  expect(violationOf(closed, parse('{"__proto__":1,"toString":2}'))).toBeUndefined();
  expect(violationOf(schema, parse('{"__proto__":"x"}'))?.pointer).toBe('/__proto__');
  expect(violationOf({ properties: {}, additionalProperties: false }, parse('{"__proto__":1}'))).toBeDefined();
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(violationOf({ required: [name] }, {})?.pointer).toBe(`/${name}`);
});

test('`enum` and `const` compare own fields, in any order', () => {
  const listed = { const: parse('{"toString":1,"constructor":[2],"__proto__":{}}') };
  expect(violationOf(listed, parse('{"__proto__":{},"constructor":[2],"toString":1}'))).toBeUndefined();
  expect(violationOf(listed, parse('{"__proto__":{},"constructor":[3],"toString":1}'))).toBeDefined();
  expect(violationOf({ const: parse('{"__proto__":{}}') }, parse('{"a":{}}'))).toBeDefined();
});

test('depth follows the schema, and what cannot be read is refused', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(violationOf({ items: { type: 'array' }, enum: [[1], [[[2]]]] }, deep)).toBeDefined();
  expect(violationOf({ items: {} }, deep)).toBeUndefined();
  const trap = Object.defineProperty({}, 'a', {
    enumerable: true,
    get() {
      throw new Error('no');
    },
  });
  expect(messageOf({ properties: { a: {} } }, trap)).toBe('the arguments cannot be read');
});
