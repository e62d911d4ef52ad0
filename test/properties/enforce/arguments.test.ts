import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { violationOf } from '../../../src/enforce/arguments.ts';
import { anyValue, argumentSchemas, valuesNear } from '../../arbitraries/arguments.ts';
import { CASES, holds } from '../../arbitraries/cases.ts';
import { nativeSearch } from '../../arbitraries/pattern.ts';

// Not compared, because ajv is inexact or fails there, and tested by hand beside the source: `multipleOf` of fractions
// and of numbers beyond 2 ** 53, `__proto__` in `properties`, an empty name in `required`, and `toString` or
// `constructor` in `enum` and `const`.
const regExp = Object.assign((source: string) => ({ test: nativeSearch(source), toString: () => source }), {
  code: 'new RegExp',
});
const options = {
  ...{ strict: false, ownProperties: true, unicodeRegExp: true, allErrors: false, validateSchema: false },
  code: { regExp },
};

test('arguments are valid exactly when ajv says so', () => {
  let pairs = 0;
  let valid = 0;
  const cases = argumentSchemas.chain((schema) =>
    fc.tuple(fc.constant(schema), fc.array(valuesNear(schema), { minLength: 8, maxLength: 8 })),
  );
  holds(cases, ([schema, values]) => {
    const validate = new Ajv(options).compile(schema);
    for (const value of values) {
      const violation = violationOf(schema, value);
      pairs++;
      if (!violation) valid++;
      if (validate(value) !== (violation === undefined))
        expect({ schema, value, violation }).toEqual({ schema, value, violation: validate.errors });
    }
  });
  console.info(`${pairs} pairs, ${valid} of them valid`);
  expect(pairs).toBeGreaterThanOrEqual(CASES * 8);
  expect(valid).toBeGreaterThan(pairs / 5);
  expect(valid).toBeLessThan((pairs * 4) / 5);
});

test('no value of a call is echoed', () => {
  const secret = 'sk-SECRET';
  const marked = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value) ?? 'null', (_, inner) => (typeof inner === 'string' ? secret : inner));
  const cases = argumentSchemas.chain((schema) => fc.tuple(fc.constant(schema), valuesNear(schema)));
  holds(cases, ([schema, value]) => {
    for (const one of [marked(value), { [secret]: value }]) {
      expect(JSON.stringify(violationOf(schema, one)) ?? '').not.toContain(secret);
    }
  });
});

test('what is not JSON is refused and never crashes', () => {
  const hostile = fc.constantFrom<(inner: unknown) => unknown>(
    () => undefined,
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => 1n,
    () => Symbol('a'),
    () => () => 1,
    (inner) => new Map([['a', inner]]),
    () => new Date(0),
    (inner) => Object.create({ a: inner }),
  );
  holds(fc.tuple(argumentSchemas, hostile, anyValue), ([schema, wrap, inner]) => {
    expect(violationOf(schema, wrap(inner))).toBeDefined();
    expect(violationOf({ properties: { a: schema } }, { a: wrap(inner) })?.pointer).toBe('/a');
  });
});
