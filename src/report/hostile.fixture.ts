import fc from 'fast-check';
import type { Assessment } from '../model/assessment.ts';
import { all } from './assessment.fixture.ts';

/** Keys whose values come from files that anyone may have written. */
const FREE = new Set([
  'file',
  'agent',
  'name',
  'tool',
  'fact',
  'pointer',
  'scope',
  'evidence',
  'because',
  'text',
  'path',
  'id',
]);

const name = fc.oneof(
  fc.string({ unit: 'grapheme-composite', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u001b[31mred',
    '`|`',
    '| --- |',
    '<script>',
    '@octocat #1',
    '\r\n# x',
    '[a](http://e.example)',
    'w'.repeat(200),
    '\u202eevil',
    '~~~',
  ),
);

/** Any sample with any text in the places where manifests put theirs. */
export const anyAssessment: fc.Arbitrary<Assessment> = fc
  .tuple(fc.constantFrom(...Object.values(all)), fc.array(name, { minLength: 5, maxLength: 12 }))
  .map(([sample, names]) => {
    let next = 0;
    const replaced = (text: string) => (next % 3 === 0 ? text : '') + (names[next++ % names.length] ?? '');
    return JSON.parse(JSON.stringify(sample), (key, value: unknown) => {
      // Control ids are a closed set; every other `id` is free, and not shown.
      if (key === 'id' || typeof value !== 'string' || !FREE.has(key)) return value;
      return replaced(value);
    }) as Assessment;
  });
