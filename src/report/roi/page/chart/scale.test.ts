import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, scaleOf } from './scale.ts';

const values = fc.array(fc.double({ min: -1e11, max: 1e11, noNaN: true }), { maxLength: 20 });

it('holds every value and zero, with a few round ticks of which one is zero', () => {
  fc.assert(
    fc.property(values, (all) => {
      const scale = scaleOf(all);
      for (const value of [0, ...all]) {
        expect(value).toBeGreaterThanOrEqual(scale.least);
        expect(value).toBeLessThanOrEqual(scale.most);
      }
      expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
      expect(scale.ticks.length).toBeLessThanOrEqual(7);
      expect(scale.ticks).toContain(0);
      for (const tick of scale.ticks) expect(at(tick, scale)).toBeLessThanOrEqual(96);
    }),
  );
});

it('what is larger is never further left', () => {
  fc.assert(
    fc.property(values, (all) => {
      const scale = scaleOf(all);
      const sorted = all.toSorted((a, b) => a - b).map((value) => at(value, scale));
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    }),
  );
});

it('a value that is no number has no place on it', () => {
  expect(scaleOf([Number.NaN, Number.POSITIVE_INFINITY, 5]).most).toBe(5);
});
