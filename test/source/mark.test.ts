import { expect, test } from 'vitest';
import { withComments } from '../../src/source/mark.ts';

const marked = (text: string, ...pointers: string[]) =>
  withComments(text, 0, new Map(pointers.map((pointer) => [pointer, 'here'])));

test.each([
  ['behind an entry on its line', 'a: { b: 1 }\nc: 2\n', ['/a'], 'a: { b: 1 } # here\nc: 2\n'],
  ['above one with more lines', 'a:\n  b:\n    c: 1\n', ['/a/b'], 'a:\n  # here\n  b:\n    c: 1\n'],
  ['above one that has a comment', 'a: 1 # old\n', ['/a'], '# here\na: 1 # old\n'],
  ['above the line of one that is not the last on it', 'a: { b: 1, c: 2 }\n', ['/a/b'], '# here\na: { b: 1, c: 2 }\n'],
  ['with the line ends of the text', 'a:\r\n  b: 1 # x\r\n', ['/a/b'], 'a:\r\n  # here\r\n  b: 1 # x\r\n'],
  ['behind a byte order mark', '\uFEFFa: 1', ['/a'], '\uFEFFa: 1 # here'],
  ['at the end of the text', 'a: 1\nb: 2', ['/b', '/a'], 'a: 1 # here\nb: 2 # here'],
])('%s', (_, text, pointers, after) => {
  expect(marked(text, ...pointers)).toBe(after);
});

test.each([
  ['JSON', '{ "a": { "b": 1 } }', '/a'],
  ['what is not there', 'a: 1\n', '/b'],
  ['a line that begins within a text', 'a: { b: "x\n  y", c: 1 }\n', '/a/c'],
  ['a broken text', 'a: [', '/a'],
])('%s stays as it is', (_, text, pointer) => {
  expect(marked(text, pointer)).toBe(text);
});
