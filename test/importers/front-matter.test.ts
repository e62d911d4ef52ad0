import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readFrontMatter, wordsOf } from '../../src/importers/parts/front-matter.ts';

const runs = { numRuns: Number(process.env.STAKES_CASES ?? 200) };
const read = (inner: string, body = '\nBody.\n') => readFrontMatter('a.md', `---\n${inner}\n---\n${body}`);

describe('front matters that people write', () => {
  test.each([
    ['name: a\ntools: Read, Grep', { name: 'a', tools: 'Read, Grep' }],
    ['name: a\ntools: [Read, Grep]', { name: 'a', tools: ['Read', 'Grep'] }],
    ['tools:\n  - Read\n  - Bash(git diff:*)', { tools: ['Read', 'Bash(git diff:*)'] }],
    ['description: Use it when: always\ntools: Read', { description: 'Use it when: always', tools: 'Read' }],
    [
      'description: Examples: <example>user: "a: b"</example>\ntools:\n- Read\n- Grep\nmodel: opus',
      { description: 'Examples: <example>user: "a: b"</example>', tools: ['Read', 'Grep'], model: 'opus' },
    ],
    ['description: a: b\nmaxTurns: 3\nbackground: true', { description: 'a: b', maxTurns: 3, background: true }],
    ['description: "a: b" c: d\nname: x', { description: '"a: b" c: d', name: 'x' }],
    ["description: 'it's: here'\nname: x", { description: "it's: here", name: 'x' }],
    ['description: @todo: x\ntools: *', { description: '@todo: x', tools: '*' }],
    [
      'argument-hint: [a] [b]\nallowed-tools: Bash(git:*), Read',
      { 'argument-hint': '[a] [b]', 'allowed-tools': 'Bash(git:*), Read' },
    ],
    ['description: |\n  a: b\n  tools: Read\nname: x: y', { description: 'a: b\ntools: Read\n', name: 'x: y' }],
    ['description: a: b\n  tools: Read', { description: 'a: b\n  tools: Read' }],
    ['tools: Read\ntools: Bash', {}],
    ['a: &a [x]\nb: [*a, *a]', { a: ['x'], b: '[*a, *a]' }],
    ['- a\n- b', {}],
    ['', {}],
    ['# only a comment', {}],
    ['name: a\r\ntools: Read\r', { name: 'a', tools: 'Read' }],
  ])('%j', (inner, value) => {
    expect(read(inner).value).toEqual(value);
  });

  test('one key that is no YAML does not cost the others, and all keep their places', () => {
    const matter = read('name: a\ndescription: b: c\n  d\ntools: Read');
    expect(matter.place('tools')).toMatchObject({ line: 5, column: 1, endColumn: 6, pointer: '/tools' });
    expect(matter.place('nothing')).toMatchObject({ line: 2, column: 1 });
  });

  test('no front matter is none, and one without an end is told', () => {
    expect(readFrontMatter('a.md', '# a\n\n---\nname: b\n---\n')).toMatchObject({ isThere: false, problems: [] });
    expect(readFrontMatter('a.md', '---\nname: b\n').problems.map(({ code }) => code)).toEqual(['no-front-matter']);
    expect(readFrontMatter('a.md', `---\n${'a: b\n'.repeat(20_000)}---\n`).problems).toHaveLength(1);
    expect(readFrontMatter('a.md', '\uFEFF---\nname: b\n---').value).toEqual({ name: 'b' });
  });
});

describe('hostile ones', () => {
  test.each([
    ['prototypes', '__proto__:\n  tools: Read\nconstructor: x\nname: y: z'],
    ['brackets', `a: ${'['.repeat(50_000)}`],
    ['dashes', `a:\n  ${'- '.repeat(30_000)}x`],
    ['dashes with gaps', `a:\n  ${'-   '.repeat(15_000)}!`],
    [
      'aliases',
      `a: &a [x,x]\n${Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}`,
    ],
    ['steps to the right', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    [
      'keys',
      Array.from({ length: 10_000 }, (_, i) => `k${i}: v: ${i}`)
        .join('\n')
        .slice(0, 60_000),
    ],
  ])('%s end, and touch nothing', (_, inner) => {
    const { value } = read(inner);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).tools).toBeUndefined();
  });
});

const plain = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9 _-]{0,20}[A-Za-z0-9]$/)
  .filter((text) => !/^(?:true|false|null|yes|no|on|off)$/i.test(text));
const key = fc.stringMatching(/^[a-z][a-zA-Z-]{0,10}$/);

test('whatever stands in a file, it is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.string({ maxLength: 400 }).map((text) => `---\n${text}\n---\n`),
      ),
      (text) => {
        const { value, place } = readFrontMatter('a.md', text);
        for (const name of [...Object.keys(value), undefined]) expect(place(name).line).toBeGreaterThan(0);
      },
    ),
    runs,
  );
});

test('what is YAML is read as YAML', () => {
  const map = fc.dictionary(
    key,
    fc.oneof(plain, fc.integer({ min: 0, max: 9999 }), fc.boolean(), fc.array(plain, { minLength: 1, maxLength: 4 })),
    { noNullPrototype: true, maxKeys: 8 },
  );
  fc.assert(
    fc.property(map, (value) => {
      expect(read(Object.keys(value).length === 0 ? '' : stringify(value)).value).toEqual(value);
    }),
    runs,
  );
});

test('a line that is no YAML takes nothing from the others', () => {
  const tools = fc.array(plain, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(tools, plain, plain, fc.boolean(), (list, one, two, isFlow) => {
      const written = isFlow
        ? `tools: [${list.join(', ')}]`
        : `tools:\n${list.map((tool) => `  - ${tool}`).join('\n')}`;
      expect(read(`description: ${one}: ${two}: x\n${written}\nmodel: opus`).value).toEqual({
        description: `${one}: ${two}: x`,
        tools: list,
        model: 'opus',
      });
    }),
    runs,
  );
});

test.each([
  ['Read, Grep', ['Read', 'Grep']],
  ['Bash(git add:*), Bash(a, b), Read', ['Bash(git add:*)', 'Bash(a, b)', 'Read']],
  [
    ['Read', 'Grep, Glob'],
    ['Read', 'Grep', 'Glob'],
  ],
  ['[Read, "Grep"]', ['Read', 'Grep']],
  ['- Read\n- Grep', ['Read', 'Grep']],
  ['Bash(', ['Bash(']],
  ['a), b', ['a)', 'b']],
  ['', []],
  [[1, null, 'Read'], ['Read']],
  [undefined, undefined],
  [{ Read: true }, undefined],
])('words of %j', (value, words) => {
  expect(wordsOf(value)).toEqual(words);
});
