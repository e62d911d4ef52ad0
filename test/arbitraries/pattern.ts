import fc from 'fast-check';

const CHARACTERS = ['a', 'b', 'c', 'A', '0', '_', ' ', '-', '\n', 'é', '日', '😀', '\ud83d', '\ude00'] as const;

/** Texts of few different characters, so that patterns meet them. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...CHARACTERS), { maxLength: 12 })
  .map((characters) => characters.join(''));

const atoms = fc.constantFrom(
  ...['a', 'b', 'c', 'a', 'b', '.', '\\d', '\\w', '\\W', '\\s', '\\S', '\\D', '[ab]', '[^a]', '[]', '[^]', '[a-c_-]'],
  ...['[\\]a]', '[\\w-]', '[^\\s\\d]', '\\p{L}', '\\P{L}', '[\\p{Lu}é]', '\\u{1F600}', '\\u0061', '\\ud83d\\ude00'],
  ...[
    '\\ud83d',
    '[\\ud83d]',
    '[😀é]',
    '😀',
    '日',
    '\\x61',
    '\\cJ',
    '\\n',
    '\\-'.slice(1),
    '\\/',
    '\\.',
    '\\0',
    '[😀-😂]',
  ],
  ...['[\\u{1F600}-\\u{1F602}]', '[\\b]', '\ud83d', '\ude00'],
);
const assertions = fc.constantFrom('^', '$', '\\b', '\\B');
const repeats = fc
  .tuple(
    fc.constantFrom('*', '+', '?', '{0}', '{1}', '{2}', '{0,}', '{2,}', '{0,1}', '{1,3}', '{0,2}'),
    fc.constantFrom('', '?'),
  )
  .map((parts) => parts.join(''));

/** Patterns of the whole syntax that is enforced; empty alternatives and repeats of nothing among them. */
export const patterns: fc.Arbitrary<string> = fc
  .letrec<{ pattern: string; term: string; group: string }>((tie) => ({
    pattern: fc
      .array(
        fc.array(tie('term'), { maxLength: 4 }).map((terms) => terms.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((options) => options.join('|')),
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: atoms },
      { weight: 2, arbitrary: fc.tuple(atoms, repeats).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: assertions },
      { weight: 2, arbitrary: tie('group') },
      { weight: 2, arbitrary: fc.tuple(tie('group'), repeats).map((parts) => parts.join('')) },
    ),
    group: fc
      .tuple(fc.constantFrom('(', '(?:', '(?<name>'), tie('pattern'))
      // A name may be given once only.
      .map(([open, pattern]) => `${open}${pattern.replaceAll('?<name>', '')})`),
  }))
  .pattern.filter((pattern) => pattern.split('?<name>').length < 3);

/** Whether a pattern matches somewhere, as ECMA-262 tries places: V8 also tries between the halves of one character. */
export function nativeSearch(source: string): (text: string) => boolean {
  const expression = new RegExp(source, 'uy');
  return (text) => {
    for (let at = 0; at <= text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
      expression.lastIndex = at;
      if (expression.test(text)) return true;
    }
    return false;
  };
}
