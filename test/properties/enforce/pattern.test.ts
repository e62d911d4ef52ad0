import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleOf } from '../../../src/enforce/example.ts';
import { compilePattern } from '../../../src/enforce/pattern.ts';
import { holds } from '../../arbitraries/cases.ts';
import { nativeSearch, patterns, texts } from '../../arbitraries/pattern.ts';

function compiled(source: string) {
  const pattern = compilePattern(source);
  if (!pattern.ok) throw new Error(`${pattern.refusal}: ${source}`);
  return pattern;
}

test('a pattern matches what the engine says it matches', () => {
  let met = 0;
  let tried = 0;
  holds(fc.tuple(patterns, fc.array(texts, { minLength: 20, maxLength: 20 })), ([source, list]) => {
    const pattern = compiled(source);
    const native = nativeSearch(source);
    for (const text of [...list, '']) {
      const expected = native(text);
      tried++;
      if (expected) met++;
      const tally = { steps: 0, visits: 0 };
      expect([source, text, pattern.search(text, tally)]).toEqual([source, text, expected]);
      expect(tally.steps).toBeLessThanOrEqual(text.length);
    }
  });
  expect(met).toBeGreaterThan(tried / 10);
  expect(met).toBeLessThan((tried * 9) / 10);
});

test('the example of a pattern matches it, and nothing matches a pattern without one', () => {
  holds(fc.tuple(patterns, fc.nat(8), fc.array(texts, { maxLength: 10 })), ([source, least, list]) => {
    const native = nativeSearch(source);
    const example = exampleOf(source, least);
    if (example !== undefined) {
      expect([source, example, native(example)]).toEqual([source, example, true]);
      expect([...example].length).toBeGreaterThanOrEqual(least);
      return;
    }
    for (const text of list.filter((text) => [...text].length >= least))
      expect([source, text, native(text)]).toEqual([source, text, false]);
  });
});

test.each([
  ['^(a+)+$', 'a', '!'],
  ['(a|a)*b', 'a', ''],
  ['(.*)a(.*)b(.*)c', 'ab', ''],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a', ''],
  ['(x+x+)+y', 'x', ''],
  ['^(?:a?){50}a{50}$', 'a', ''],
  ['(?:a|b)*a(?:a|b){12}c', 'ab', ''],
])('%s reads a long text once', (source, part, end) => {
  const text = part.repeat(100_000 / part.length) + end;
  const tally = { steps: 0, visits: 0 };
  expect(compiled(source).search(text, tally)).toBe(false);
  expect(tally.steps).toBe([...text].length);
  expect(tally.visits).toBeLessThan(20 * tally.steps);
});

test('what a character may cost is bounded, and what is remembered too', () => {
  const source = '(?:a|b)*a(?:a|b){300}c';
  let seed = 1;
  const text = Array.from({ length: 5_000 }, () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % 2 === 0 ? 'a' : 'b';
  }).join('');
  const tally = { steps: 0, visits: 0 };
  const pattern = compiled(source);
  expect(pattern.search(text, tally)).toBe(false);
  expect(tally.visits).toBeLessThanOrEqual(tally.steps * pattern.automaton.nodes.length);
  expect(pattern.search(`${text}a${'b'.repeat(300)}c`)).toBe(true);
});

test('a text of very many different characters is read, and classes are learnt anew', () => {
  const point = (i: number) => (i < 0xd000 ? i : i + 0x3000);
  const text = Array.from({ length: 60_000 }, (_, i) => String.fromCodePoint(point((i * 7) % 60_000))).join('');
  const classes = Array.from({ length: 40 }, (_, i) => `[${String.fromCodePoint(0x4e00 + i, 0x5000 + i * 2)}]`);
  for (const source of [`^(?:[^]|${classes.join('|')})*$`, classes.join(''), `${classes[7]}${classes[9]}?.$`, '日本']) {
    for (const one of [text, `${text}日本`]) {
      expect([source, compiled(source).search(one)]).toEqual([source, new RegExp(source, 'u').test(one)]);
    }
  }
});

test('more classes than are kept change no answer', () => {
  const halves = [0, 450].map((from) => Array.from({ length: 450 }, (_, i) => String.fromCodePoint(0x4e00 + from + i)));
  const [left = [], right = []] = halves;
  const { search } = compiled(`^(?:(?:${left.join('|')})(?:${right.join('|')}))*$`);
  for (const shift of [0, 1, 7, 200, 449]) {
    const pairs = left.map((character, i) => [character, right[(i * 7 + shift) % right.length] ?? '']);
    expect(search(pairs.flat().join(''))).toBe(true);
    for (const [one = '', other = ''] of pairs.slice(0, 60)) {
      expect([search(one + other), search(other + one), search(one), search(other)]).toEqual([
        true,
        false,
        false,
        false,
      ]);
    }
  }
});
