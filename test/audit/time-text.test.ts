import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeOf, timeText } from '../../src/audit/time-text.ts';

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

/** One of a few minutes, written well or badly. */
const written = fc
  .tuple(
    fc.constantFrom('2026-08-01T09:15:', '2026-08-01T24:00:', '1969-12-31T23:59:', '2026-13-01T00:00:', '26-8-1T9:15:'),
    fc.constantFrom('00', '07', '59', '60', '5', 'aa', '-1', ' 1', '1e'),
    fc.constantFrom('.', ','),
    fc.constantFrom('000', '999', '01', '1 2', '++1', '\u0661\u0661\u0661'),
    fc.constantFrom('Z', '', 'ZZ', 'z', '+00:00'),
  )
  .map((parts) => parts.join(''));

test('one time after the other is read as the platform reads it, where it is written as records have it', () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 20 }), (times) => {
      for (const time of times) {
        const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time);
        const at = Date.parse(time);
        expect(timeOf(time), time).toBe(isWritten && !Number.isNaN(at) ? at : undefined);
      }
    }),
    { numRuns: 1000 },
  );
});
