import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type YAMLError,
} from 'yaml';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { tokensOf } from './pointer.ts';

const MAX_DEPTH = 64;
const MAX_ERRORS = 20;

export interface SourceDocument {
  file: string;
  /** From 0, in the order of the file. */
  index: number;
  value: unknown;
  /** Where a pointer stands; the nearest ancestor when the pointer itself does not exist. */
  place(pointer: string, at?: 'key' | 'value'): Place;
}

export interface Source {
  file: string;
  text: string;
  documents: SourceDocument[];
}

/** YAML 1.2 or JSON text to values with places. Several YAML documents are several values. */
export function parseSource(file: string, raw: string): Loaded<Source> {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const locate = locator(file, text, lines);
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const place = { ...locate(deep, deep + 1), document: 0, pointer: '' };
    return { state: 'invalid', problems: [{ code: 'too-deep', message: `nested more than ${MAX_DEPTH} deep`, place }] };
  }
  const parsed = [...new Composer({ keepSourceTokens: false }).compose(tokens)];
  const problems: Problem[] = [];
  const documents: SourceDocument[] = [];
  for (const [index, document] of parsed.entries()) {
    const at = (start: number, end: number): Place => ({ ...locate(start, end), document: index, pointer: '' });
    problems.push(...document.errors.map((error) => syntaxProblem(error, at)));
    if (document.errors.length > 0 || isBlank(document)) continue;
    const value = valueOf(document, at(0, 1));
    if ('problem' in value) problems.push(value.problem);
    else documents.push({ file, index, value: value.value, place: placer(document, index, locate) });
  }
  if (problems.length > 0) return { state: 'invalid', problems: problems.slice(0, MAX_ERRORS) };
  if (documents.length === 0) {
    return { state: 'empty', problems: [{ code: 'empty-file', message: `\`${file}\` is empty`, file }] };
  }
  return { state: 'ok', value: { file, text, documents } };
}

type Locate = (start: number, end: number) => Pick<Place, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>;

function locator(file: string, text: string, lines: LineCounter): Locate {
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    if (line === 0) return { line: 1, column: offset + 1 };
    const start = lines.lineStarts[line - 1] ?? 0;
    return { line, column: col < 1 ? 1 : [...text.slice(start, offset)].length + 1 };
  };
  return (from, to) => {
    const start = position(from);
    const end = position(Math.max(from, to));
    return { file, ...start, endLine: end.line, endColumn: end.column };
  };
}

function placer(document: Document.Parsed, index: number, locate: Locate): SourceDocument['place'] {
  return (pointer, at) => {
    let node: Node | null = document.contents;
    let key: Node | null = null;
    for (const token of tokensOf(pointer)) {
      const holder: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
      const next = childOf(holder ?? null, token);
      if (!next) break;
      [key, node] = [next.key, next.value];
    }
    const preferKey = key !== null && (at === 'key' || (at !== 'value' && !isScalar(node)));
    const [start, end] = rangeOf(preferKey ? key : node) ?? rangeOf(key) ?? [0, 0];
    return { ...locate(start, end), document: index, pointer };
  };
}

function childOf(holder: Node | null, token: string): { key: Node | null; value: Node | null } | undefined {
  if (isMap<Node, Node | null>(holder)) {
    const pair = holder.items.find((item) => isScalar(item.key) && String(item.key.value) === token);
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq<Node>(holder)) {
    const value = holder.items[Number(token)];
    return value && { key: null, value };
  }
  return undefined;
}

function rangeOf(node: Node | null): [number, number] | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}

function isBlank(document: Document.Parsed): boolean {
  const { contents } = document;
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}

function valueOf(document: Document.Parsed, place: Place): { value: unknown } | { problem: Problem } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value };
  } catch (error) {
    const message = error instanceof ReferenceError ? 'aliases expand to too much' : 'the document cannot be read';
    return { problem: { code: 'too-many-aliases', message, help: 'write the values out', place } };
  }
}

const SYNTAX_WORDS: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'this key is given twice in the same map',
  TAB_AS_INDENT: 'tabs cannot indent YAML',
};

function syntaxProblem(error: YAMLError, at: (start: number, end: number) => Place): Problem {
  const [start, end] = error.pos;
  const message = SYNTAX_WORDS[error.code] ?? error.message.charAt(0).toLowerCase() + error.message.slice(1).split('\n')[0];
  const code = error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'not-yaml';
  return { code, message: message.replace(/[.:]$/, ''), place: at(start, Math.max(end, start + 1)) };
}

/** The composer recurses, so depth is counted on the tokens first, without recursion. */
function tooDeep(tokens: CST.Token[]): number | undefined {
  const stack: { token: unknown; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { token, depth } = top;
    if (typeof token !== 'object' || token === null) continue;
    if (depth > MAX_DEPTH) return 'offset' in token ? Number(token.offset) : 0;
    if ('items' in token && Array.isArray(token.items)) {
      for (const item of token.items as { key?: unknown; value?: unknown }[]) {
        stack.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
      }
    }
    if ('value' in token && typeof token.value === 'object') stack.push({ token: token.value, depth });
  }
  return undefined;
}
