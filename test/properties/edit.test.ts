import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSource } from '../../src/source/document.ts';
import { commentsOf } from '../../src/source/edit/comments.ts';
import { editText } from '../../src/source/edit.ts';
import { type Change, patchedValue } from '../../src/source/patch.ts';
import { pointerOf } from '../../src/source/pointer.ts';
import { isRecord } from '../../src/source/record.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { dice, seeds, styled } from '../arbitraries/styled.ts';

type Holder = { path: (string | number)[]; value: Record<string, unknown> | unknown[] };

function holdersIn(value: unknown, path: (string | number)[] = []): Holder[] {
  if (Array.isArray(value)) return [{ path, value }, ...value.flatMap((item, i) => holdersIn(item, [...path, i]))];
  if (!isRecord(value)) return [];
  return [{ path, value }, ...Object.entries(value).flatMap(([key, item]) => holdersIn(item, [...path, key]))];
}

const VALUES: readonly unknown[] = [
  'ask',
  'a text, with: marks # and "quotes"',
  "it's",
  '15m',
  'true',
  '',
  '- x',
  42,
  false,
  null,
  ['a', 'b c'],
  [],
  {},
  { effect: 'read', access: 'ask' },
  { type: 'object', properties: { to: { enum: ['a', 'b'], maxLength: 3 } }, required: ['to'] },
];
const KEYS = ['access', 'stripe/new tool', 'server/*', 'yes', '12', 'a: b', "o'clock", '#x'];

function changeOf(value: unknown, seed: number): Change {
  const roll = dice(seed);
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)] as T;
  const holders = holdersIn(value);
  const { path, value: holder } = pick(holders);
  const keys = Object.keys(holder);
  const kind = roll(3);
  if (kind === 0 || keys.length === 0) {
    const key = Array.isArray(holder) ? '-' : pick(KEYS);
    return { op: 'add', path: pointerOf(...path, key), value: pick(VALUES) };
  }
  const at = pointerOf(...path, pick(keys));
  return kind === 1 ? { op: 'remove', path: at } : { op: 'replace', path: at, value: pick(VALUES) };
}

function read(text: string): unknown {
  const source = parseSource('x', text);
  if (source.state !== 'ok') throw new Error(`${JSON.stringify(source.problems)}\n${text}`);
  return source.value.documents[0]?.value;
}

const cases = fc.record({ manifest: manifests({ tools: 4, depth: 1 }), style: seeds, change: seeds });

test('the edited text says what the changed value says, and keeps every comment that is not on removed lines', () => {
  const refusals = new Map<string, number>();
  holds(cases, ({ manifest, style, change: seed }) => {
    const { text, style: kind } = styled(manifest, style);
    const before = read(text);
    const change = changeOf(before, seed);
    const edited = editText(text, 0, [change]);
    if ('refused' in edited) {
      refusals.set(edited.refused, (refusals.get(edited.refused) ?? 0) + 1);
      return;
    }
    const wanted = patchedValue(before, [change]);
    expect(read(edited.text)).toEqual(wanted?.value);
    if (kind === 'json') expect(JSON.parse(edited.text)).toEqual(wanted?.value);
    if (change.op === 'add') {
      expect(commentsOf(edited.text).map((comment) => comment.text)).toEqual(
        commentsOf(text).map((comment) => comment.text),
      );
    }
    expect(edited.text.includes('\r\n')).toBe(text.includes('\r\n') && edited.text.includes('\n'));
  });
  console.info('refused:', [...refusals]);
  expect([...refusals.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(CASES / 10);
});

test('what is added is all that is new: without it, the text is the one before, to the byte', () => {
  holds(cases, ({ manifest, style, change: seed }) => {
    const { text } = styled(manifest, style);
    const change = { ...changeOf(read(text), seed), op: 'add' as const, path: '/zz', value: 'new' };
    const edited = editText(text, 0, [change]);
    if ('refused' in edited) throw new Error(edited.refused);
    let at = 0;
    for (const char of edited.text) if (char === text[at]) at++;
    expect(at).toBe(text.length);
    expect(edited.text.length - text.length).toBeLessThan(30);
  });
});

test('a removal and a replacement leave every line above and below the entry as it was, but for a comma', () => {
  holds(cases, ({ manifest, style, change: seed }) => {
    const { text } = styled(manifest, style);
    const source = parseSource('x', text);
    if (source.state !== 'ok') throw new Error('unreadable');
    const change = changeOf(source.value.documents[0]?.value, seed);
    const edited = editText(text, 0, [change]);
    const document = source.value.documents[0];
    if (change.op === 'add' || 'refused' in edited || !document) return;
    const parent = document.place(change.path.slice(0, change.path.lastIndexOf('/')), 'key');
    const [from, to] = [document.place(change.path, 'key').line, document.place(change.path, 'value').endLine];
    const [before, after] = [text.split('\n'), edited.text.split('\n')];
    const bare = (line = '') => line.trimEnd().replace(/,$/, '');
    // The holder's own line gets `{}` when nothing is left in it.
    for (let line = 0; line < Math.min(from, parent.line) - 1; line++)
      expect(bare(after[line])).toBe(bare(before[line]));
    for (let back = 1; back <= before.length - to - 1; back++)
      expect(bare(after.at(-back))).toBe(bare(before.at(-back)));
  });
});
