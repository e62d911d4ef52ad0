import AjvModule from 'ajv';
import { describe, expect, test } from 'vitest';
import { ROI_INPUT_NAMES, ROI_INPUTS } from '../../src/model/roi-inputs.ts';
import { DEFAULTS } from '../../src/roi/assumptions.ts';
import { PRICES, pricedModel } from '../../src/roi/prices.ts';
import { roiFileSchema } from '../../src/schema/roi-file.ts';

const Ajv = 'default' in AjvModule ? (AjvModule.default as unknown as typeof AjvModule) : AjvModule;
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(roiFileSchema);

describe('defaults', () => {
  test('are what a file may say, in order, each with a source', () => {
    const inputs = Object.fromEntries(
      ROI_INPUT_NAMES.map((name) => [name, { ...DEFAULTS[name], unit: ROI_INPUTS[name].unit }]),
    );
    expect([validate({ inputs }), validate.errors]).toEqual([true, null]);
    for (const name of ROI_INPUT_NAMES) {
      const { low, likely, high, source, date } = DEFAULTS[name];
      expect([name, low <= likely && likely <= high]).toEqual([name, true]);
      // Where nothing public says it, it says so; all else can be looked up, and has a day.
      if (source !== 'judgement')
        expect([name, source, date]).toEqual([
          name,
          expect.stringMatching(/https:\/\/\S+/),
          expect.stringMatching(/^\d{4}/),
        ]);
      // A lognormal has no logarithm of nothing.
      if (ROI_INPUTS[name].drawn === 'event') expect([name, low > 0]).toEqual([name, true]);
    }
  });
});

describe('prices of models', () => {
  const all = PRICES.flatMap(({ provider, models }) =>
    Object.entries(models).map(([id, price]) => ({ provider, id, price })),
  );

  test.each(PRICES)('of $provider have a day and a source', ({ asOf, source }) => {
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(source).toContain('https://');
  });

  test('a smaller model is on the list, and costs less', () => {
    for (const { provider, id, price } of all) {
      expect([id, price.output > price.input && price.input > 0]).toEqual([id, true]);
      if (price.smaller === undefined) continue;
      const { smaller } = pricedModel({ provider, id }, PRICES) ?? {};
      expect([id, smaller?.id]).toEqual([id, price.smaller]);
      expect([id, (smaller?.price.input ?? 0) + (smaller?.price.output ?? 0) < price.input + price.output]).toEqual([
        id,
        true,
      ]);
    }
  });

  test('the id of a release with its date is the same model; another provider or a longer name is not', () => {
    const of = (provider: string, id: string) => pricedModel({ provider, id }, PRICES)?.price.input;
    expect(of('anthropic', 'claude-haiku-4-5-20251001')).toBe(of('anthropic', 'claude-haiku-4-5'));
    expect(of('openai', 'gpt-4o-2024-08-06')).toBe(of('openai', 'gpt-4o'));
    expect(of('openai', 'claude-haiku-4-5')).toBeUndefined();
    expect(of('anthropic', 'claude-haiku-4-5-extra')).toBeUndefined();
    expect(of('anthropic', 'constructor')).toBeUndefined();
  });
});
