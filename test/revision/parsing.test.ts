import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseContents } from '../../src/revision/contents.ts';
import { stepsBelow } from '../../src/revision/files.ts';
import { foldersOf } from '../../src/revision/folders.ts';
import { follow } from '../../src/revision/links.ts';
import { parseTree } from '../../src/revision/tree.ts';
import { holds } from '../arbitraries/cases.ts';

const object = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
);
const step = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'ab .-\t\n"\\é'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 6,
  })
  .filter((name) => !/[/\0\uFFFD]|[\uD800-\uDFFF]/.test(name) && name !== '.' && name !== '..');
const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
const MODES = { file: '100644 blob', link: '120000 blob', submodule: '160000 commit' } as const;

describe('what git lists', () => {
  test('every path comes back as it was, of its kind', () => {
    const entry = fc.record({ path, object, kind: fc.constantFrom('file', 'link', 'submodule') });
    holds(fc.uniqueArray(entry, { selector: (item) => item.path, maxLength: 20 }), (entries) => {
      const out = entries.map((item) => `${MODES[item.kind]} ${item.object}\t${item.path}\0`).join('');
      expect([...parseTree(Buffer.from(out))]).toEqual(
        entries.map((item) => [item.path, { kind: item.kind, object: item.object }]),
      );
    });
  });

  test('anything at all is read to its end, and no path leads astray', () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const line = fc.tuple(fc.constantFrom(...Object.values(MODES), '040000 tree', ''), object, noise);
    const lines = fc.array(line.map(([mode, name, rest]) => Buffer.concat([Buffer.from(`${mode} ${name}\t`), rest])));
    holds(
      fc.oneof(
        noise,
        lines.map((all) => Buffer.concat(all)),
      ),
      (out) => {
        const tree = parseTree(out);
        for (const key of tree.keys()) expect(posix.normalize(key)).toBe(key);
        expect(foldersOf(tree).get('')).toBeDefined();
      },
    );
  });

  test('two names that are no text stay two', () => {
    const name = (byte: number) =>
      Buffer.concat([Buffer.from(`100644 blob ${'a'.repeat(40)}\tx/`), Buffer.from([byte])]);
    const out = Buffer.concat([name(0xff), Buffer.from('.agent.yaml\0'), name(0xfe), Buffer.from('.agent.yaml\0')]);
    expect([...parseTree(out).keys()]).toEqual(['x/\uFFFD.agent.yaml', 'x/\uFFFD\uFFFD.agent.yaml']);
  });

  test('names that no checkout would make are left out', () => {
    const out = ['../x', 'a/../../x', './x', 'a//x', 'a/', '/x', '..', '.'].map(
      (name) => `100644 blob ${'a'.repeat(40)}\t${name}\0`,
    );
    expect(parseTree(Buffer.from(out.join(''))).size).toBe(0);
  });
});

describe('what git reads', () => {
  test('every content comes back as it was; what is missing is left out', () => {
    const content = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
    const item = fc.record({ object, content: fc.option(content, { nil: undefined }) });
    holds(fc.uniqueArray(item, { selector: ({ object: name }) => name, maxLength: 10 }), (items) => {
      const out = items.map(({ object: name, content: bytes }) =>
        bytes
          ? Buffer.concat([Buffer.from(`${name} blob ${bytes.length}\n`), bytes, Buffer.from('\n')])
          : Buffer.from(`${name} missing\n`),
      );
      const read = parseContents(Buffer.concat(out));
      expect(read.size).toBe(items.filter(({ content: bytes }) => bytes).length);
      for (const { object: name, content: bytes } of items) expect(read.get(name)).toEqual(bytes);
    });
  });

  test('cut short anywhere, nothing half is taken for whole', () => {
    const whole = Buffer.from(`${'a'.repeat(40)} blob 5\nhello\n${'b'.repeat(40)} blob 3\nyou\n`);
    for (let end = 0; end <= whole.length; end++)
      for (const [name, bytes] of parseContents(whole.subarray(0, end)))
        expect(bytes.toString()).toBe(name.startsWith('a') ? 'hello' : 'you');
  });

  test('anything at all is read to its end', () => {
    const head = fc.tuple(object, fc.nat()).map(([name, size]) => Buffer.from(`${name} blob ${size}\n`));
    const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    holds(fc.array(fc.oneof(head, noise)), (parts) => {
      const out = Buffer.concat(parts);
      let total = 0;
      for (const bytes of parseContents(out).values()) total += bytes.length;
      expect(total).toBeLessThanOrEqual(out.length);
    });
  });
});

describe('links', () => {
  const linked = (targets: Record<string, string>) => ({
    isLink: (at: string) => Object.hasOwn(targets, at),
    target: (at: string) => targets[at],
  });

  test.each([
    ['a/b', {}, { path: 'a/b' }],
    ['', {}, { path: '' }],
    ['x/file', { x: 'deep/er' }, { path: 'deep/er/file' }],
    ['x/../file', { x: 'deep/er' }, { path: 'deep/file' }],
    ['a/x', { 'a/x': '../b' }, { path: 'b' }],
    ['a/x', { 'a/x': '../../b' }, { wrong: 'outside' }],
    ['x', { x: 'y', y: 'x' }, { wrong: 'loop' }],
    ['x', { x: 'x/x' }, { wrong: 'loop' }],
    ['x', { x: '/etc/passwd' }, { wrong: 'outside' }],
    ['x', { x: 'C:\\Windows' }, { wrong: 'outside' }],
    ['x', { x: '\\\\host\\share' }, { wrong: 'outside' }],
    ['x', { x: './/a/./b/' }, { path: 'a/b' }],
  ])('%s with %j', (from, targets, to) => {
    expect(follow(from, linked(targets as Record<string, string>))).toEqual(to);
  });

  test('end, whatever leads where', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'a/b', 'b/c');
    const to = fc.constantFrom('a', 'b', '../a', 'a/b/c', '..', '.', 'b/../a', '/x', 'c');
    holds(fc.tuple(fc.dictionary(name, to), name), ([targets, from]) => {
      const found = follow(from, linked(targets));
      if ('path' in found) expect(posix.normalize(`/${found.path}`)).toBe(`/${found.path}`);
    });
  });
});

test.each([
  [posix, '/repo', '/repo/a/b', 'a/b'],
  [posix, '/repo', '/repo', ''],
  [posix, '/repo', '/repository', undefined],
  [posix, '/repo', '/', undefined],
  [posix, '/repo', '/repo/..a/b', '..a/b'],
  [posix, '/repo', '/repo/back\\slash', 'back\\slash'],
  [win32, 'C:\\repo', 'C:\\repo\\a\\b', 'a/b'],
  [win32, 'C:\\repo', 'c:\\REPO\\a', 'a'],
  [win32, 'C:\\repo', 'C:\\other', undefined],
  [win32, 'C:\\repo', 'D:\\repo\\a', undefined],
  [win32, '\\\\host\\share\\repo', '\\\\host\\share\\repo\\a b', 'a b'],
] as const)('%#: steps below %s', (paths, root, full, steps) => {
  expect(stepsBelow(root, full, paths)).toBe(steps);
});
