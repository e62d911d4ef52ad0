import { expect, test } from 'vitest';
import { parseSource } from '../../src/source/document.ts';
import { codeFrame } from '../../src/source/frame.ts';
import { holdsSecret, redact, redactAll } from '../../src/source/secrets.ts';

/** The line of a frame that holds the marks, under the line they are for. */
function marked(text: string, pointer: string, columns = 80): string[] {
  const source = parseSource('x', text);
  if (source.state !== 'ok') throw new Error('the text is not YAML');
  const [document] = source.value.documents;
  const span = document?.place(pointer, 'value');
  return span ? codeFrame(text, [{ span, text: '', primary: true }], undefined, columns).slice(1, 3) : [];
}

test.each([
  ['plain', 'a: { b: x }', 'a: { b: x }', '        ^'],
  ['wide characters', 'a: { "漢字😀": x }', 'a: { "漢字😀": x }', '               ^'],
  ['combining marks', 'a: { "e\u0301\u0323": x }', 'a: { "e\u0301\u0323": x }', '          ^'],
  ['tabs', 'a:\t{\tb:\tx }', 'a: { b: x }', '        ^'],
  ['what cannot be seen', 'a: { "\u202e\u200b": x }', 'a: { "\uFFFD\uFFFD": x }', '           ^'],
])('marks stand under what they mark: %s', (_, text, line, marks) => {
  const pointer = text.includes('b:') ? '/a/b' : `/a/${/"(.*)"/.exec(text)?.[1]}`;
  expect(marked(text, pointer)).toEqual([` 1 | ${line}`, `   | ${marks}`]);
});

test('a long line is cut on both sides of what is marked, and never wider than asked', () => {
  const long = `{ ${'漢: 1, '.replace('漢', 'a'.repeat(30)).repeat(1)}${Array.from({ length: 3000 }, (_, i) => `漢${i}: 1, `).join('')} here: 2 }`;
  for (const columns of [40, 80, 120]) {
    const [line = '', marks = ''] = marked(long, '/here', columns);
    expect(line).toMatch(/^ 1 \| ….* here: 2 \}$/);
    const cells = [...line].reduce((sum, char) => sum + (char === '漢' ? 2 : 1), 0);
    expect(cells).toBeLessThanOrEqual(Math.max(columns, 45));
    const before = [...line.slice(0, line.indexOf('2 }'))].reduce((sum, char) => sum + (char === '漢' ? 2 : 1), 0);
    expect(marks.indexOf('^')).toBe(before);
  }
});

test('lines and columns hold in every kind of line', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const source = parseSource('x', ['# 😀', 'a:', '  - 1', '  - "漢": two', ''].join(end));
    const place = source.state === 'ok' ? source.value.documents[0]?.place('/a/1/漢', 'value') : undefined;
    expect(place).toMatchObject({ line: 4, column: 10, endLine: 4, endColumn: 13 });
  }
});

test('text that only looks like a secret is left as it is', () => {
  for (const text of [
    'task-management-and-planning-for-everyone',
    'risk-assessment-of-the-quarterly-report-2025',
    'https://example.com:8080/path@v2',
    'postgres://app:${PASSWORD}@db/x',
    'npx -y @scope/server@1.2.3',
    'https://api.example.com/v1?page=2&token_type=bearer',
    'MSG.template',
  ]) {
    expect(redact(text)).toBe(text);
    expect(holdsSecret(text)).toBe(false);
  }
});

test('covering keeps the length, the lines, and everything around', () => {
  const key = `gh${'p'}_${'aB3'.repeat(12)}`;
  expect(redact(`(${key})`)).toBe(`(${'*'.repeat(key.length)})`);
  const block = `-----BEGIN ${'PRIVATE'} KEY-----\nabc\n-----END ${'PRIVATE'} KEY-----`;
  expect(
    redact(`x ${block} y`)
      .split('\n')
      .map((line) => line.length),
  ).toEqual(`x ${block} y`.split('\n').map((line) => line.length));
  expect(redactAll({ [key]: [key, 1, null], ok: 'ok' })).toEqual({
    ['*'.repeat(key.length)]: ['*'.repeat(key.length), 1, null],
    ok: 'ok',
  });
  const json = JSON.stringify({ a: `-----BEGIN ${'PRIVATE'} KEY-----`, b: 'still here' });
  expect(JSON.parse(redact(json))).toMatchObject({ b: 'still here' });
});
