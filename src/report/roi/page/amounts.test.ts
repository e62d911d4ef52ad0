import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROI_UNITS, type RoiUnit } from '../../../model/roi-inputs.ts';
import { amount, bare, chance, money, unitWords } from './amounts.ts';

const units = Object.keys(ROI_UNITS) as RoiUnit[];

describe('money', () => {
  it.each([
    [0, '$0'],
    [-0.4, '$0'],
    [7, '$7'],
    [99.6, '$100'],
    [944, '$940'],
    [996, '$1k'],
    [-1449, '−$1.4k'],
    [34_560, '$35k'],
    [994_999, '$990k'],
    [999_999, '$1M'],
    [1_249_000, '$1.2M'],
    [-3_100_000_000, '−$3.1B'],
  ])('%s is %s', (usd, text) => expect(money(usd)).toBe(text));

  it('is within five in a hundred of what it stands for, and never shows an exponent', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (usd) => {
        const text = money(usd);
        expect(text).toMatch(/^−?\$\d+(?:\.\d)?[kMB]?$/);
        const letter = { k: 1e3, M: 1e6, B: 1e9 }[text.at(-1) ?? ''] ?? 1;
        const said = Number(/[\d.]+/.exec(text)?.[0]) * letter * (text.startsWith('−') ? -1 : 1);
        expect(Math.abs(said - usd)).toBeLessThanOrEqual(Math.max(0.5, 0.0501 * Math.abs(usd)));
      }),
    );
  });
});

describe('other amounts', () => {
  it.each([
    [30, 'seconds', '30 seconds'],
    [1, 'hours', '1 hour'],
    [0.002, 'share', '0.2%'],
    [95, 'usd/hour', '$95 an hour'],
    [0.515, 'events/year', '0.52 a year'],
    [15_000, 'tokens', '15,000 tokens'],
  ] as const)('%s %s is %s', (value, unit, text) => expect(amount(value, unit)).toBe(text));

  it('every unit has words, and no number an exponent', () => {
    for (const unit of units) expect(unitWords(unit)).not.toBe('');
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.double({ min: 0, max: 1, noNaN: true }), (unit, share) => {
        const value = Number((share * ROI_UNITS[unit].most).toPrecision(3));
        fc.pre(value === 0 || value >= 1e-5);
        expect(bare(value, unit)).not.toMatch(/e[+-]|NaN/);
      }),
    );
  });

  it('a chance that is not none or all does not look like it', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(chance)).toEqual(['0%', '< 1%', '50%', '> 99%', '100%']);
  });
});
