import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RoiRange } from '../../../model/roi.ts';
import { ROI_UNITS, type RoiUnit } from '../../../model/roi-inputs.ts';
import { HALF, movedTo, stopsOf } from './moved.ts';

const anyUnit = fc.constantFrom(...(Object.keys(ROI_UNITS) as RoiUnit[]));
/** With points, and with ends at the likely value, at zero and at the bound of the unit. */
const anyRange = anyUnit.chain((unit) => {
  const { most } = ROI_UNITS[unit];
  const value = fc.oneof(fc.constantFrom(0, most), fc.double({ min: 0, max: most, noNaN: true }));
  return fc.tuple(value, value, value, fc.boolean()).map(([a, b, c, point]): { unit: RoiUnit; range: RoiRange } => {
    const [low = 0, likely = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
    return { unit, range: point ? { low: likely, likely, high: likely } : { low, likely, high } };
  });
});

it('the middle stop is the likely value, and no stop is below the one before it or out of bounds', () => {
  fc.assert(
    fc.property(anyRange, ({ unit, range }) => {
      const stops = stopsOf(range, unit);
      expect(stops).toHaveLength(2 * HALF + 1);
      expect(stops[HALF]).toBe(range.likely);
      stops.forEach((stop, index) => {
        expect(stop).toBeGreaterThanOrEqual(stops[index - 1] ?? 0);
        expect(stop).toBeLessThanOrEqual(ROI_UNITS[unit].most);
      });
    }),
  );
});

it('a moved range keeps its order and holds its ends, and at the start it is as it was', () => {
  fc.assert(
    fc.property(anyRange, fc.nat(2 * HALF), ({ unit, range }, at) => {
      expect(movedTo(range, range.likely)).toEqual(range);
      const likely = stopsOf(range, unit)[at] ?? 0;
      const moved = movedTo(range, likely);
      expect(moved.likely).toBe(likely);
      expect(moved.low).toBeLessThanOrEqual(likely);
      expect(moved.high).toBeGreaterThanOrEqual(likely);
      if (range.low < range.high && likely >= range.low && likely <= range.high)
        expect([moved.low, moved.high]).toEqual([range.low, range.high]);
    }),
  );
});

it('steps over a wide range are ratios, so that small values can be chosen too', () => {
  const stops = stopsOf({ low: 10, likely: 1000, high: 1_000_000 }, 'usd');
  expect(stops.filter((stop) => stop < 100).length).toBeGreaterThan(8);
  expect(stops.filter((stop) => stop > 1000 && stop < 30_000).length).toBeGreaterThan(8);
});
