import { expect, test } from 'vitest';
import { inRange } from './versions.ts';

test.each([
  ['1.2.3', '1.2.3', true],
  ['1.2.4', '1.2.3', false],
  ['1.2', '1.2.3', false],
  ['1.2.3', '>=1.2 <2', true],
  ['1.10.0', '>=1.9 <2', true],
  ['2', '>=1.2 <2', false],
  ['2.0.0', '<=2', true],
  ['2.0.1', '<=2', false],
  ['1.2.0', '>1.2', false],
  ['v1.3', '>1.2', true],
  ['2025.4.8', '>=2025.1.14 <=2025.4.8', true],
  ['2.0.0-beta.1', '>=1 <3', false],
  ['2.0.0-beta.1', '2.0.0-beta.1', true],
  ['latest', '>=1', false],
  ['', '>=1', false],
  ['1.2.3', '', false],
  ['1.2.3', '>=', false],
  ['1.2.3', '>=1 nonsense', false],
])('%s in `%s`: %s', (version, range, expected) => {
  expect(inRange(version, range)).toBe(expected);
});
