import { expect, test } from 'vitest';
import { under, valueAt } from './pointer.ts';

test.each<[string, unknown]>([
  ['', { 'a/b': [{ '~': 1 }], '': 2 }],
  ['/a~1b/0/~0', 1],
  ['/', 2],
  ['/a~1b/length', undefined],
  ['/a~1b/1', undefined],
  ['/toString', undefined],
  ['/__proto__', undefined],
  ['/a~1b/0/~0/x', undefined],
])('%s', (pointer, value) => {
  expect(valueAt({ 'a/b': [{ '~': 1 }], '': 2 }, pointer)).toEqual(value);
});

test('a token goes to the front, escaped', () => {
  expect(under('a/b', under(0, under('~', '')))).toBe('/a~1b/0/~0');
});
