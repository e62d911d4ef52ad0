import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeText } from '../../src/audit/time-text.ts';

test('a time is written as the platform writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 8e15 / 1000 }), (milliseconds) => {
      expect(timeText(milliseconds)).toBe(new Date(milliseconds).toISOString());
    }),
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%j is no time', (milliseconds) => {
  expect(() => timeText(milliseconds)).toThrow(RangeError);
});
