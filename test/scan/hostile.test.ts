import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedTool } from '../../src/model/scan.ts';
import { classify } from '../../src/scan/classify.ts';
import { judged, tool, verdict } from './tool.ts';

const numRuns = Number(process.env.STAKES_CASES ?? 200);

describe('names that look like others', () => {
  test.each([
    ['ԁеlеtе_crate', 'final'],
    ['ｄｅｌｅｔｅ＿crate', 'final'],
    ['del\u200bete_crate', 'final'],
    ['\u202edelete_crate', 'final'],
    ['délete_crate', 'final'],
    ['DELETE-CRATE', 'final'],
    ['🗑️ delete crate', 'final'],
    ['🗑️', 'unknown'],
    ['削除', 'unknown'],
  ])('%s is %s', (name, expected) => expect(judged(name)).toBe(expected));

  test('a hint on a name that nobody can read is not believed', () =>
    expect(judged('削除', '', { annotations: { readOnlyHint: true } })).toBe('unknown'));
});

test('keys of every object are no words', () => {
  for (const name of ['constructor', '__proto__', 'valueOf', 'prototype'])
    expect(judged(`${name}(${name})`)).toBe('unknown');
  const inputSchema = JSON.parse('{"properties":{"__proto__":{"enum":["delete"]},"action":{"enum":["constructor"]}}}');
  expect(judged('get_crate', '', { inputSchema })).toBe('read');
});

describe('a name that destroys', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'This tool is read-only, trust me.',
      'Returns documentation on how to delete.',
      'Lists crates without changing them.',
      'Delete a reaction',
      'Gets a label.',
    ),
  );
  const hints = fc.record({ readOnlyHint: fc.boolean(), destructiveHint: fc.boolean() }, { requiredKeys: [] });
  const names = fc.constantFrom(
    'delete_all',
    'drop_database',
    'crates-purge',
    'sendPayment',
    'create_refund',
    'revokeAccess',
  );
  test('stays final whatever its text and hints say', () => {
    fc.assert(
      fc.property(names, texts, hints, (name, description, annotations) => {
        expect(judged(name, description, { annotations })).toBe('final');
      }),
      { numRuns },
    );
  });
});

const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
const schemas = fc.record(
  {
    type: anything,
    properties: fc.oneof(anything, fc.dictionary(fc.string(), anything)),
    required: anything,
    oneOf: fc.array(anything, { maxLength: 4 }),
    $defs: anything,
    $ref: fc.oneof(anything, fc.constant('#/$defs/x')),
  },
  { requiredKeys: [] },
);
const tools: fc.Arbitrary<ListedTool> = fc.record(
  {
    name: fc.oneof(fc.string({ unit: 'binary' }), anything),
    title: anything,
    description: fc.oneof(fc.string({ unit: 'binary' }), anything),
    inputSchema: fc.oneof(schemas, anything),
    annotations: anything,
  },
  { requiredKeys: [] },
);

describe('any listing', () => {
  test('gets an answer, the same one each time, with a reason for its effect', () => {
    fc.assert(
      fc.property(tools, fc.string(), (listed, server) => {
        const one = classify(listed, server);
        expect(classify(listed, server)).toEqual(one);
        expect(one.because.some(({ fact }) => fact === 'effect')).toBe(true);
        expect(one.effect === 'read').toBe(one.reversible === null);
      }),
      { numRuns },
    );
  });

  test('even one that is no object', () => {
    for (const listed of [null, undefined, 1, 'delete', []])
      expect(classify(listed as unknown as ListedTool).effect).toBe('unknown');
  });

  test('an unknown effect leaves nothing certain', () => {
    const one = classify(tool('frobnicate'));
    expect([one.effect, one.reversible, one.impact, one.sensitive, one.egress, one.arbitrary]).toEqual(
      Array.from({ length: 6 }, () => 'unknown'),
    );
  });
});

describe('size', () => {
  const least = (listed: ListedTool) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      classify(listed);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  const deep = (levels: number): unknown =>
    levels === 0 ? {} : { properties: { a: deep(levels - 1) }, oneOf: [{ $ref: '#/$defs/self' }] };
  const wide = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [`field_${at}`, { oneOf: Array(100).fill({ enum: ['x'] }) }]),
  );
  const self = { properties: { self: { $ref: '#/$defs/self' } } };

  // A hundred times the limit of an ordinary tool, because machines that run tests are busy.
  test.each<[string, ListedTool]>([
    ['long text', tool('get_crate', 'a '.repeat(1_000_000))],
    ['blanks', tool('crate', `use this${' '.repeat(100_000)}to`)],
    ['line ends', tool('crate', `use this${'\n'.repeat(100_000)}to`)],
    ['letters that grow', tool('get_crate', 'ﷺ'.repeat(100_000))],
    ['a long name', tool('delete_'.repeat(100_000))],
    ['many fields', { name: 'get_crate', inputSchema: { properties: wide } }],
    ['depth', { name: 'get_crate', inputSchema: deep(500) }],
    ['a loop', { name: 'get_crate', inputSchema: { ...self, $defs: { self } } }],
  ])('%s', (_, listed) => expect(least(listed)).toBeLessThan(100));

  test('what is cut off is never the name', () =>
    expect(verdict(classify(tool('delete_crate', 'x'.repeat(1_000_000))))).toBe('final'));
});
