import AjvModule from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssessmentReport } from '../../model/assessment.ts';
import { assessmentSchema } from '../../schema/assessment.ts';
import { all, light } from '../assessment.fixture.ts';
import { plainPaint } from '../context.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './json.ts';

const Ajv = 'default' in AjvModule ? (AjvModule.default as unknown as typeof AjvModule) : AjvModule;
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
const validate = ajv.compile(assessmentSchema);
const context = contextOf(plainPaint);
const place = { file: 'a.yaml', document: 0, pointer: '/tools', line: 2, column: 1, endLine: 2, endColumn: 6 };
const report: AssessmentReport = {
  schema: 'stakes/assessment@1',
  results: Object.values(all),
  errors: [
    { code: 'unknown-key', message: 'no', help: 'yes', place, related: [{ message: 'here', place }] },
    { code: 'not-found', message: 'no', file: 'b.yaml' },
  ],
};

describe('an assessment as JSON', () => {
  it('is what the schema says', () => {
    expect([validate(JSON.parse(format(report, context))), validate.errors]).toEqual([true, null]);
  });

  it('keeps every value, and spreads the places of errors', () => {
    const { results, errors } = JSON.parse(format(report, context)) as { results: unknown; errors: unknown };
    expect(results).toEqual(JSON.parse(JSON.stringify(report.results)));
    expect(errors).toEqual([
      { code: 'unknown-key', message: 'no', help: 'yes', ...place, related: [{ message: 'here', ...place }] },
      { code: 'not-found', message: 'no', file: 'b.yaml' },
    ]);
  });

  it('is refused by the schema with a key more or a key less', () => {
    const keys = Object.keys(light) as (keyof typeof light)[];
    fc.assert(
      fc.property(fc.constantFrom(...keys.filter((key) => key !== 'place')), (key) => {
        const { [key]: _, ...less } = light;
        expect(validate({ ...report, results: [less] })).toBe(false);
        expect(validate({ ...report, errors: [], results: [{ ...light, [`${key}x`]: 1 }] })).toBe(false);
      }),
    );
  });
});
