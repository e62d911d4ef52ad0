import fc from 'fast-check';
import { expect, test } from 'vitest';
import { violationOf } from '../../../src/enforce/arguments.ts';
import { sampleArguments, violatingArguments } from '../../../src/enforce/sample.ts';
import { argumentSchemas, valuesNear } from '../../arbitraries/arguments.ts';
import { CASES, holds } from '../../arbitraries/cases.ts';

test('samples are let through, and violations are not', () => {
  let sampled = 0;
  let violations = 0;
  holds(argumentSchemas, (schema) => {
    const sample = sampleArguments(schema);
    if (sample !== undefined) sampled++;
    expect(sample === undefined || violationOf(schema, sample) === undefined).toBe(true);
    for (const { value } of violatingArguments(schema)) {
      violations++;
      expect(violationOf(schema, value)).toBeDefined();
    }
    expect(violatingArguments(schema)).toEqual(violatingArguments(structuredClone(schema)));
    expect(sampleArguments(structuredClone(schema))).toEqual(sample);
  });
  expect(sampled).toBeGreaterThan(CASES / 2);
  expect(violations).toBeGreaterThan(CASES);
});

test('a schema without a sample is one that few values meet', () => {
  let without = 0;
  let met = 0;
  const cases = argumentSchemas.chain((schema) => fc.tuple(fc.constant(schema), valuesNear(schema)));
  holds(cases, ([schema, value]) => {
    if (sampleArguments(schema) !== undefined) return;
    without++;
    if (!violationOf(schema, value)) met++;
  });
  expect(met).toBeLessThanOrEqual(without / 10 + 2);
});
