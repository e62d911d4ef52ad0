import { parseDocument } from 'yaml';
import type { Place, Problem } from '../../model/place.ts';
import { locator } from '../../source/locate.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';

/** What stands between the two `---` at the top of a Markdown file. */
export interface FrontMatter {
  /** Empty when the file has none. */
  value: Readonly<Record<string, unknown>>;
  isThere: boolean;
  /** Where a key stands; without one, where it all starts. */
  place(key?: string): Place;
  problems: Problem[];
}

const MOST = 64 * 1024;
const MAX_DEPTH = 32;
const MOST_KEYS = 200;
const KEY = /^([A-Za-z_][\w-]{0,63})[ \t]*:(?:[ \t]|$)/;

/**
 * Read as YAML, and key by key where it is none: more than a third of real ones have a colon in a description without
 * quotes. Never throws.
 */
export function readFrontMatter(file: string, text: string): FrontMatter {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/m.exec(text.slice(0, MOST + 8));
  const isThere = found !== null && found.index === 0;
  const inner = isThere ? (found[1] ?? '') : '';
  const start = isThere ? found[0].indexOf('\n') + 1 : 0;
  const chunks = chunksOf(inner);
  const locate = locator(text);
  const place = (key?: string): Place => {
    const chunk = chunks.find(({ name }) => name === key);
    const from = start + (chunk?.at ?? 0);
    const pointer = key === undefined ? '' : pointerOf(key);
    return { file, ...locate(from, from + (chunk?.name.length ?? 0)), document: 0, pointer };
  };
  const problems: Problem[] = [];
  if (!isThere && /^\uFEFF?---[ \t]*\r?\n/.test(text)) {
    const message = text.length > MOST ? 'the front matter is too long, or has no end' : 'the front matter has no end';
    problems.push({ code: 'no-front-matter', message, help: 'close it with a line of `---`', place: place() });
  }
  if (chunks.length > MOST_KEYS) {
    const message = `${chunks.length} keys, and the first ${MOST_KEYS} are read`;
    problems.push({ code: 'too-many-keys', message, help: 'split the file', place: place() });
  }
  const few = chunks.slice(0, MOST_KEYS);
  const value = (few.length === chunks.length ? asYaml(inner) : undefined) ?? lineByLine(few);
  return { value: Object.freeze(value), isThere, place, problems };
}

/** Undefined: it is no YAML, or no map. */
function asYaml(text: string): Record<string, unknown> | undefined {
  if (depthOf(text) > MAX_DEPTH) return undefined;
  try {
    const document = parseDocument(text.replace(/\r(?=\n|$)/g, ''), {
      logLevel: 'silent',
      schema: 'core',
      uniqueKeys: true,
      merge: false,
    });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return value === null || value === undefined ? {} : isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Chunk {
  name: string;
  /** From the start of the front matter. */
  at: number;
  text: string;
}

/** Each key at the start of a line, with what stands below it. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const name = KEY.exec(line)?.[1];
    const last = chunks.at(-1);
    if (name !== undefined) chunks.push({ name, at, text: line });
    else if (last) last.text += `\n${line}`;
    at += line.length + 1;
  }
  return chunks;
}

/** A key that is there twice means nothing: which one counts is anybody's guess. */
function lineByLine(chunks: readonly Chunk[]): Record<string, unknown> {
  const times = new Map<string, number>();
  for (const { name } of chunks) times.set(name, (times.get(name) ?? 0) + 1);
  const single = chunks.filter(({ name }) => times.get(name) === 1);
  return Object.fromEntries(single.map((chunk) => [chunk.name, readChunk(chunk)]));
}

function readChunk({ name, text }: Chunk): unknown {
  const alone = asYaml(text);
  if (alone && Object.hasOwn(alone, name)) return alone[name];
  return text
    .slice(text.indexOf(':') + 1)
    .replace(/\r(?=\n|$)/g, '')
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/, '$2');
}

/** The parser calls itself for every bracket and every step to the right. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  const dashes = /^[ \t]*(?:[-?:][ \t]+){33}/m.test(text) ? MAX_DEPTH + 1 : 0;
  return Math.max(most, dashes);
}

/** A list as front matters write it: a YAML list, or words between commas. A comma in brackets belongs to the word. */
export function wordsOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string').flatMap(splitWords);
  return typeof value === 'string' ? splitWords(value) : undefined;
}

function splitWords(text: string): string[] {
  const words: string[] = [];
  let [depth, word] = [0, ''];
  for (const char of text.replace(/^\[([\s\S]*)\]$/, '$1')) {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (depth <= 0 && (char === ',' || char === '\n')) {
      words.push(word);
      word = '';
    } else word += char;
  }
  return [...words, word]
    .map((item) => item.trim().replace(/^(?:-[ \t]+)?(["']?)([\s\S]*)\1$/, '$2'))
    .filter((item) => item !== '');
}
