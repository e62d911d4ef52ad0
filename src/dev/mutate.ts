import { Buffer } from 'node:buffer';
import { parse, stringify } from 'yaml';
import { isRecord } from '../source/record.ts';

/** Numbers that look random and are the same for the same seed: from 0, below `limit`. */
export type Dice = (limit: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** A few slips in one of the texts, as bytes, since a slip can leave UTF-8 behind. */
export function mutate(texts: readonly string[], roll: Dice): Uint8Array {
  let text = pick(texts, roll);
  for (let left = 1 + roll(3); left > 0; left--) text = pick(WAYS, roll)(text, roll, texts);
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > 0 && roll(8) === 0) bytes[roll(bytes.length)] = roll(256);
  return bytes;
}

type Way = (text: string, roll: Dice, texts: readonly string[]) => string;

const inLines =
  (change: (lines: string[], at: number, roll: Dice) => void): Way =>
  (text, roll) => {
    const lines = text.split('\n');
    change(lines, roll(lines.length), roll);
    return lines.join('\n');
  };

const inValue =
  (change: (holder: Record<string, unknown>, key: string, roll: Dice) => void): Way =>
  (text, roll) => {
    try {
      const value: unknown = parse(text, { maxAliasCount: 10, logLevel: 'silent' });
      const holders = mapsIn(value, []);
      const holder = pick(holders, roll);
      const key = pick(Object.keys(holder), roll);
      change(holder, key, roll);
      return roll(3) === 0 ? JSON.stringify(value) : stringify(value);
    } catch {
      // Not a map, no longer YAML, or a value that cannot be written: it stays as it is.
      return text;
    }
  };

const WAYS: readonly Way[] = [
  (text, roll) => splice(text, roll(text.length + 1), roll(4), ''),
  (text, roll) => splice(text, roll(text.length + 1), roll(3), pick(PIECES, roll)),
  (text, roll) => splice(text, roll(text.length + 1), 0, String.fromCodePoint(roll(0xd800))),
  (text, roll) => text.slice(0, roll(text.length + 1)),
  (text, roll) => replaceWord(text, roll, pick(PIECES, roll)),
  (text, roll, texts) => replaceWord(text, roll, pick(pick(texts, roll).split(/\s+/), roll)),
  (text, roll, texts) => `${text}\n---\n${pick(texts, roll)}`,
  inLines((lines, at) => void lines.splice(at, 1)),
  inLines((lines, at, roll) => void lines.splice(at, 0, pick(lines, roll))),
  inLines((lines, at, roll) => {
    lines[at] = `${' '.repeat(roll(5))}${(lines[at] ?? '').trimStart()}`;
  }),
  inLines((lines, at) => void lines.splice(at, 2, lines.slice(at, at + 2).join(' '))),
  inLines((lines, at, roll) => {
    lines[at] = `${lines[at] ?? ''}\t${pick(PIECES, roll)}`;
  }),
  inValue((holder, key) => {
    delete holder[key];
  }),
  inValue((holder, key, roll) => {
    holder[key] = pick(VALUES, roll);
  }),
  inValue((holder, key, roll) => {
    holder[`${key}${pick(['s', '/*', '/@resources', ' ', '~', '/'], roll)}`] = holder[key];
  }),
  inValue((holder, key) => {
    holder[key] = [holder[key]];
  }),
  inValue((holder, key, roll) => {
    holder[pick(Object.keys(holder), roll)] = structuredClone(holder[key]);
  }),
  inValue((holder, _, roll) => {
    holder.subagents = {
      helper: {
        manifest: pick(['#', '#helper', './none.yaml', '../..', { agent: { id: 'helper' }, tools: holder }], roll),
      },
    };
  }),
  inValue((holder, _, roll) => {
    const tools = Object.fromEntries(
      Array.from({ length: roll(80) }, (_unused, i) => [
        `t${i}`,
        pick(['read', 'write', {}, { effect: 'write' }], roll),
      ]),
    );
    holder.tools = tools;
  }),
];

const PIECES: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  ' #',
  '|',
  '>',
  '|\n',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: *a',
  '!!omap ',
  '!!binary ',
  '!!set ',
  '!x ',
  '%YAML 1.1\n---\n',
  '---\n',
  '...\n',
  '\t',
  '\r',
  '\r\n',
  '\0',
  '\u001b[31m',
  '\u202e',
  '\ufeff',
  '\u2028',
  '💥',
  'e\u0301',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '~',
  'true',
  'yes',
  '0',
  '-1',
  '1e999',
  '.nan',
  '.inf',
  '0x10',
  '010',
  '2024-01-01',
  '',
  '*',
  '/*',
  '../..',
  '[[[[[[[[',
  '{{{{{{{{',
  '${X}',
  '(?:',
  '\\',
  ',,',
  '\n',
  '\n\n  ',
];

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  '',
  ' ',
  'x',
  'read',
  'write',
  'open',
  'deny',
  'none',
  '1h',
  '0s',
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  { effect: 'write' },
  ['x', 'x'],
  'a'.repeat(300),
  { type: 'object', properties: { x: { pattern: '(' } } },
  { type: 'object', additionalProperties: { items: {} } },
];

function splice(text: string, at: number, remove: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}

function replaceWord(text: string, roll: Dice, word: string): string {
  const words = [...text.matchAll(/[\w-]+/g)];
  const chosen = words[roll(words.length)];
  return chosen ? splice(text, chosen.index, chosen[0].length, word) : text;
}

function mapsIn(value: unknown, found: Record<string, unknown>[]): Record<string, unknown>[] {
  if (isRecord(value) && Object.keys(value).length > 0) found.push(value);
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) mapsIn(inner, found);
  return found;
}

function pick<T>(items: readonly T[], roll: Dice): T {
  const [first] = items.slice(roll(items.length));
  if (first === undefined && items.length === 0) throw new RangeError('nothing to pick from');
  return first as T;
}
