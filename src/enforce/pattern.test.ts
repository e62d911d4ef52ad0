import { expect, test } from 'vitest';
import { exampleOf } from './example.ts';
import { compilePattern, matches } from './pattern.ts';

const refusalOf = (source: string) => {
  const pattern = compilePattern(source);
  return pattern.ok ? undefined : pattern.refusal;
};

test.each([
  ['([a', 'not-a-pattern'],
  ['a(?=b)', 'lookaround'],
  ['a(?!b)', 'lookaround'],
  ['(?<=a)b', 'lookaround'],
  ['(?<!a)b', 'lookaround'],
  ['(a)\\1', 'back-reference'],
  ['(?<n>a)\\k<n>', 'back-reference'],
  ['((a{100}){100}){100}', 'too-large'],
  [`a{${'9'.repeat(400)}}`, 'too-large'],
  ['a'.repeat(2001), 'too-large'],
])('%s is refused', (source, refusal) => expect(refusalOf(source)).toBe(refusal));

test('flags inside a pattern are refused, whether the engine knows them or not', () => {
  expect(['inline-flags', 'not-a-pattern']).toContain(refusalOf('(?i:a)'));
});

test.each(['^.{1,1000}$', '(?:){1000000}', '(?:(?:){999}){999}', '\\(?=\\)', '[(?=]', '(?<name>a)', '()*'])(
  '%s is taken',
  (source) => expect(refusalOf(source)).toBeUndefined(),
);

test('repeats of nothing, edges and halves of characters', () => {
  expect(matches('^(a*)*$', 'aaa')).toBe(true);
  expect(matches('^(a*)*$', 'aab')).toBe(false);
  expect(matches('\\bcat\\b', 'a cat.')).toBe(true);
  expect(matches('\\bcat\\b', 'concat')).toBe(false);
  expect(matches('^.$', '😀')).toBe(true);
  expect(matches('\\ud83d', '😀')).toBe(false);
  expect(matches('(a)\\1', 'aa')).toBe(false);
});

test.each([
  ['^[a-z]{3}-\\d{2}$', 0, 'aaa-00'],
  ['^[a-z]+$', 5, 'aaaaa'],
  ['^(GBP|EUR)$', 0, 'GBP'],
  ['\\Bx', 0, 'ax'],
  ['x\\B', 0, 'xa'],
  ['', 3, 'aaa'],
  ['^\\p{Script=Greek}+$', 0, 'Ͱ'],
])('%s with at least %d characters has the example %s', (source, least, text) => {
  expect(exampleOf(source, least)).toBe(text);
});

test.each(['[]', 'a^', '$a', 'a\\bb', '(?=a)', '^\\ud83d[\\ude00]$'])('%s has no example', (source) => {
  expect(exampleOf(source)).toBeUndefined();
});

test('an example longer than every match is not searched for ever', () => {
  expect(exampleOf('^a{3}$', 4)).toBeUndefined();
  expect(exampleOf('^(?:a|b)*$', 10_000_000)).toBeUndefined();
  expect(exampleOf('^(?:a?){1300}$', 1301)).toBeUndefined();
});
