import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCanonical } from '../../src/audit/canonical.ts';
import { holds } from '../arbitraries/cases.ts';

const number = fc.oneof(
  fc.nat(9999).map(String),
  fc.constantFrom(
    '-0',
    '0',
    '1e2',
    '100',
    '12e2',
    '1200',
    '1E2',
    '1e+2',
    '1000',
    '1e3',
    '1.0',
    '0.5',
    '5e-1',
    '-7',
    '1e21',
  ),
);
const text = fc.oneof(
  fc.string({ maxLength: 6 }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '"\\u0061"',
    '"\\/"',
    '"\\n"',
    '"\u2028"',
    '"é"',
    '"e\\u0301"',
    '"\\ud800"',
    '"a\\ud83d\\ude00"',
    '"😀"',
  ),
);
const key = fc.constantFrom(
  '""',
  '"1"',
  '"10"',
  '"a"',
  '"aa"',
  '"b"',
  '"\\u0061"',
  '"é"',
  '"__proto__"',
  '"B"',
  '"01"',
);
const gap = fc.constantFrom('', '', '', '', '', '', ' ', '\n', '  ');

/** JSON as anybody may write it: keys twice and in any order, blanks, other forms of numbers and letters. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(number, text, fc.constantFrom('true', 'false', 'null')),
    fc
      .array(fc.tuple(tie('json'), gap), { maxLength: 4 })
      .map((all) => `[${all.map((one) => one.join('')).join(',')}]`),
    fc
      .array(fc.tuple(key, gap, tie('json'), gap), { maxLength: 5 })
      .map((all) => `{${all.map(([name, before, value, after]) => `${name}:${before}${value}${after}`).join(',')}}`),
  ),
}));

/** The canonical form as another implementation writes it; undefined: there is none. */
function written8785(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch {
    return undefined;
  }
}

function says(written: string): boolean {
  try {
    return isCanonical(JSON.parse(written), written);
  } catch {
    return false;
  }
}

test('a text is canonical where RFC 8785 writes it so, and nowhere else', () => {
  holds(
    json,
    (written) => {
      const exact = written8785(JSON.parse(written));
      expect(says(written)).toBe(exact === written);
      if (exact !== undefined) expect(says(exact)).toBe(true);
    },
    5000,
  );
});

test.each([
  '{"b":1,"a":1}',
  '{"a":1,"a":1}',
  '{"b":1,"1":2}',
  '{"a":1 }',
  '[1e2]',
  '[12e2 ]',
  '[-0]',
  '{"a":1e3,  "b":2}',
  '["\ud800"]',
])('%s is not', (written) => {
  expect(says(written)).toBe(false);
});
