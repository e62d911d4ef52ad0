import { describe, expect, test } from 'vitest';
import { editText } from './edit.ts';
import type { Change } from './patch.ts';

const add = (path: string, value: unknown): Change => ({ op: 'add', path, value });
const replace = (path: string, value: unknown): Change => ({ op: 'replace', path, value });
const remove = (path: string): Change => ({ op: 'remove', path });

const CASES: readonly [what: string, before: string, patch: Change[], after: string][] = [
  ['a scalar keeps its quotes and its comment', "a: 'x' # why\nb: 1\n", [replace('/a', 'y')], "a: 'y' # why\nb: 1\n"],
  [
    'a key behind the last one and its comment',
    'm:\n  a: 1 # one\n\n# end\n',
    [add('/m/b', 'ask')],
    'm:\n  a: 1 # one\n  b: ask\n\n# end\n',
  ],
  ['a key inside braces', 't: { a: 1 } # c\n', [add('/t/access', 'ask')], 't: { a: 1, access: ask } # c\n'],
  [
    'a key inside braces over lines',
    't: {\n  a: 1, # one\n  b: 2 # two\n}\n',
    [add('/t/c', 3)],
    't: {\n  a: 1, # one\n  b: 2, # two\n  c: 3\n}\n',
  ],
  ['the first key of an empty map', 'tools: {}\n', [add('/tools/x', 'read')], 'tools: { x: read }\n'],
  [
    'a tool in short is spelled out',
    'tools:\n  x: read # why\n',
    [replace('/tools/x', { effect: 'read', access: 'ask' })],
    'tools:\n  x: { effect: read, access: ask } # why\n',
  ],
  [
    'a tool in short among blocks',
    'tools:\n  x: read # why\n  y:\n    effect: read\n',
    [replace('/tools/x', { effect: 'read', access: 'ask' })],
    'tools:\n  x: # why\n    effect: read\n    access: ask\n  y:\n    effect: read\n',
  ],
  [
    'a map in the place of a map is changed from within',
    't: { a: 1, "b": [x] }\n',
    [replace('/t', { a: 2, b: ['x', 'z'] })],
    't: { a: 2, "b": [x, z] }\n',
  ],
  [
    'a line goes with its comment, the one above stays',
    'm:\n  # about a\n  a: 1 # one\n  b: 2\n',
    [remove('/m/a')],
    'm:\n  # about a\n  b: 2\n',
  ],
  ['the only key leaves an empty map', 'm: # why\n  a: 1\nb: 2\n', [remove('/m/a')], 'm: {} # why\nb: 2\n'],
  ['a comma goes too', '{ a: 1, b: 2 }\n', [remove('/b')], '{ a: 1 }\n'],
  ['an entry of a list', 'l:\n- a # one\n- b\n', [add('/l/-', 'c'), remove('/l/0')], 'l:\n- b\n- c\n'],
  ['the first key of a map in a list', 'l:\n  - a: 1\n    b: 2\n', [remove('/l/0/a')], 'l:\n  - b: 2\n'],
  ['the second document', 'a: 1\n---\na: 1\n', [add('/b', 2)], 'a: 1\n---\na: 1\nb: 2\n'],
  ['no line break at the end', 'a: 1', [add('/b', 2)], 'a: 1\nb: 2'],
  ['line breaks of Windows', 'a: 1\r\nb:\r\n  c: 2\r\n', [add('/b/d', 3), remove('/a')], 'b:\r\n  c: 2\r\n  d: 3\r\n'],
  ['text in lines', 'a: |\n  one\n\nb: 2\n', [replace('/a', 'x'), add('/c', 3)], 'a: x\n\nb: 2\nc: 3\n'],
  ['a key behind text in lines', 'm:\n  a: |\n    one\n', [add('/m/b', 2)], 'm:\n  a: |\n    one\n  b: 2\n'],
  [
    'keys and values that need quotes',
    'm:\n  a: 1\n',
    [add('/m/yes', 'no'), add('/m/12', 'a: b')],
    'm:\n  a: 1\n  "yes": "no"\n  "12": "a: b"\n',
  ],
  ['JSON with tabs', '{\n\t"a": 1\n}\n', [add('/b', { c: ['x'] })], '{\n\t"a": 1,\n\t"b": { "c": ["x"] }\n}\n'],
  ['JSON without space', '{"a":1}', [add('/b', 2)], '{"a":1,"b":2}'],
  ['the last line of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', [remove('/b')], '{\n  "a": 1\n}\n'],
  ['a byte order mark stays', '\uFEFFa: 1\n', [add('/b', 2)], '\uFEFFa: 1\nb: 2\n'],
  ['a value that is not there', 'a:\nb: 1\n', [replace('/a', 2)], 'a: 2\nb: 1\n'],
  ['an alias is replaced', 'a: &x 1\nb: *x\n', [replace('/b', 2)], 'a: &x 1\nb: 2\n'],
];

test.each(CASES)('%s', (_, before, patch, after) => {
  const document = before.includes('---') ? 1 : 0;
  expect(editText(before, document, patch)).toEqual({ text: after });
});

describe('is refused', () => {
  test.each<[what: string, text: string, change: Change, reason: RegExp]>([
    ['inside of an alias', 'a: &x { b: 1 }\nc: *x\n', add('/c/d', 1), /repeats a value from elsewhere/],
    ['under an anchor that is used', 'a: &x { b: 1 }\nc: *x\n', add('/a/d', 1), /something else/],
    ['an anchor that is used', 'a: &x 1\nc: *x\n', remove('/a'), /something else/],
    ['a comment inside', 'a:\n  b: 1 # why\nc: 2\n', replace('/a', 'x'), /comment would be lost/],
    ['a path to nowhere', 'a: 1\n', add('/b/c', 1), /leads nowhere/],
    ['what is not there', 'a: 1\n', remove('/b'), /leads nowhere/],
    ['in the middle of a list', 'a: [1, 2]\n', add('/a/0', 0), /behind the last one/],
    ['a file that cannot be read', 'a: [1\n', add('/b', 1), /cannot be read/],
  ])('%s', (_, text, change, reason) => {
    const edited = editText(text, 0, [change]);
    expect('refused' in edited ? edited.refused : edited.text).toMatch(reason);
  });

  test('a document that is not there', () => {
    expect(editText('a: 1\n', 1, [add('/b', 1)])).toHaveProperty('refused');
  });
});
