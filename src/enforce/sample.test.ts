import { expect, test } from 'vitest';
import type { ArgumentSchema } from '../model/manifest.ts';
import { sampleArguments, sampleCall, violatingArguments } from './sample.ts';

const refund: ArgumentSchema = {
  type: 'object',
  required: ['amount', 'reason'],
  additionalProperties: false,
  properties: {
    amount: { type: 'integer', minimum: 1, maximum: 5000 },
    price: { type: 'number', minimum: 0.5, multipleOf: 0.01 },
    reason: { enum: ['fraud', 'goodwill'] },
    charge: { type: 'string', pattern: '^ch_[0-9]{3}$', maxLength: 10 },
    notes: { type: 'array', items: { type: 'string', maxLength: 3 }, minItems: 1, maxItems: 2 },
  },
};

test('a sample fills every field', () => {
  const sample = { amount: 1, price: 1, reason: 'fraud', charge: 'ch_000', notes: ['sam'] };
  expect(sampleArguments(refund)).toEqual(sample);
});

test('a violation for every constraint', () => {
  const wrong = violatingArguments(refund).map(({ pointer, value }) => [
    pointer,
    (value as Record<string, unknown>)[pointer.split('/')[1] ?? ''],
  ]);
  expect(wrong).toEqual([
    ['', undefined],
    ['/amount', undefined],
    ['/reason', undefined],
    ['/amount', 'text'],
    ['/amount', 0],
    ['/amount', 5001],
    ['/amount', 1.5],
    ['/price', 'text'],
    ['/price', -0.5],
    ['/price', 1.005],
    ['/reason', 'fraud-other'],
    ['/charge', 7],
    ['/charge', 'ch_00000000'],
    ['/charge', 'ch_000\n'],
    ['/notes', 'text'],
    ['/notes', []],
    ['/notes', ['sam', 'sam', 'sam']],
    ['/notes/0', [7]],
    ['/notes/0', ['samm']],
    ['/unlisted', 'text'],
  ]);
});

test.each<ArgumentSchema>([
  { type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '(?=a)' } } },
  { type: 'string', minLength: 10_000_000 },
  { type: 'array', minItems: 10_000_000 },
  { type: 'number', minimum: 2, maximum: 1 },
  { enum: [1], type: 'string' },
])('%j has no sample and no violations', (schema) => {
  expect(sampleArguments(schema)).toBeUndefined();
  expect(violatingArguments(schema)).toEqual([]);
});

test('a call that costs by an argument has it, whether or not the schema does', () => {
  const cost = { argument: '/order/a~1b', usdPerUnit: 2 };
  expect(sampleCall({ arguments: null, cost })).toEqual({ order: { 'a/b': 0 } });
  expect(sampleCall({ arguments: null, cost: null })).toEqual({});
  const schema = { type: 'object', properties: { amount: { type: 'integer', minimum: 3 } } } as const;
  const sampled = sampleCall({ arguments: schema, cost: { argument: '/amount', usdPerUnit: 1 } });
  expect(sampled.amount).toBeGreaterThanOrEqual(3);
});
