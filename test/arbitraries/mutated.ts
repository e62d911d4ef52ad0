import fc from 'fast-check';

/** What breaks readers: types that are not expected, names that every object has, and depth, length and bytes. */
const VALUES = [
  '7',
  '-1',
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '[[1]]',
  '{"a":{}}',
  '"x"',
  '1e999',
  "'y'",
  '*',
  '&a b',
  '~',
];
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'k'.repeat(70_000),
  'a b',
  'a/b',
  '*',
  '${X}',
  '{{ x }}',
  '',
  'é💥',
];
const PIECES = [
  '\0',
  '\uFFFD',
  '\uFEFF',
  '\r',
  '\r\n',
  '\u2028',
  '\t',
  '\u202e',
  '---\n',
  '\n---\n',
  '\n...\n',
  '"""',
  "'",
  '`',
  '${{ secrets.A }}',
  '{{ .Values.x }}',
  '#',
  '%YAML 1.1\n',
  '['.repeat(3000),
  '{"a":'.repeat(3000),
  '- '.repeat(3000),
  'a: '.repeat(3000),
  ']'.repeat(50),
  '}'.repeat(50),
  '<<: *a\n',
  ' '.repeat(10_000),
  'x'.repeat(60_000),
  'a.b.c '.repeat(8000),
];

const VALUE =
  /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\b\d+\b|\btrue\b|\bfalse\b|\[[^[\]\n]*\]|\{[^{}\n]*\}|(?<=: )[^\s,{}[\]]+/g;
const WORD = /[A-Za-z_][\w-]*/g;

type Change = (text: string) => string;

const at = (text: string, share: number) => Math.floor(share * text.length);

/** Replaces one of what the expression finds. */
function swapped(expression: RegExp, share: number, by: string): Change {
  return (text) => {
    const found = [...text.matchAll(expression)];
    const one = found[Math.floor(share * found.length)];
    return one ? text.slice(0, one.index) + by + text.slice(one.index + one[0].length) : text;
  };
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const change: fc.Arbitrary<Change> = fc.oneof(
  share.map(
    (to): Change =>
      (text) =>
        text.slice(0, at(text, to)),
  ),
  fc.tuple(share, share).map(([a, b]): Change => {
    const [from, to] = a < b ? [a, b] : [b, a];
    return (text) => text.slice(0, at(text, from)) + text.slice(at(text, to));
  }),
  fc.tuple(share, fc.integer({ min: 1, max: 40 })).map(
    ([start, times]): Change =>
      (text) => {
        const lines = text.split('\n');
        const line = Math.floor(start * lines.length);
        return lines.toSpliced(line, 0, ...Array<string>(times).fill(lines[line] ?? '')).join('\n');
      },
  ),
  fc.tuple(share, fc.constantFrom(...VALUES)).map(([where, by]) => swapped(VALUE, where, by)),
  fc.tuple(share, fc.constantFrom(...VALUES)).map(([where, by]) => swapped(VALUE, where, by)),
  fc.tuple(share, fc.constantFrom(...NAMES)).map(([where, by]) => swapped(WORD, where, by)),
  fc.tuple(share, share).map(
    ([from, to]): Change =>
      (text) => {
        const words = [...text.matchAll(WORD)];
        return swapped(WORD, to, words[Math.floor(from * words.length)]?.[0] ?? '')(text);
      },
  ),
  fc.tuple(share, fc.constantFrom(...PIECES)).map(
    ([where, piece]): Change =>
      (text) =>
        text.slice(0, at(text, where)) + piece + text.slice(at(text, where)),
  ),
);

/** One to four changes to a text, one after the other. */
export const mutations: fc.Arbitrary<Change> = fc
  .array(change, { minLength: 1, maxLength: 4 })
  .map((changes) => (text) => changes.reduce((now, one) => one(now), text));

/** A secret in place of a value or of a word, or amid one. */
export function planted(secret: string): fc.Arbitrary<Change> {
  return fc.tuple(share, fc.nat(2)).map(([where, how]) => {
    if (how === 0) return swapped(VALUE, where, JSON.stringify(secret));
    if (how === 1) return swapped(WORD, where, secret);
    return (text) => {
      const words = [...text.matchAll(WORD)];
      const place = words[Math.floor(where * words.length)]?.index ?? 0;
      return text.slice(0, place) + secret + text.slice(place);
    };
  });
}
