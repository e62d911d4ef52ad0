import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../model/place.ts';
import { locator } from '../source/locate.ts';
import { pointerOf } from '../source/pointer.ts';
import { propertiesOf, tokensIn } from './syntax.ts';

const MAX_DEPTH = 64;
const OPENERS = [1, 3];
const CLOSERS = [2, 4];
const END_OF_TEXT = 17;
const MEND = 'mend it by hand; nothing was written';

/** Why a text cannot be edited safely; empty: it holds one object, or nothing but space and comments. */
export function settingsFaults(text: string, file: string): Problem[] {
  const locate = locator(text);
  const problem = (code: string, message: string, start: number, end: number, pointer = ''): Problem => ({
    code,
    message,
    help: MEND,
    place: { file, document: 0, pointer, ...locate(start, end) },
  });
  const deep = tooDeepAt(text);
  if (deep !== undefined) return [problem('too-deep', `values nest more than ${MAX_DEPTH} deep`, deep, deep + 1)];
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first) {
    const message = `\`${file}\` is not JSON: ${WORDS[printParseErrorCode(first.error)] ?? 'something is out of place'}`;
    return [problem('not-json', message, first.offset, first.offset + Math.max(1, first.length))];
  }
  if (root && root.type !== 'object') {
    const message = `\`${file}\` holds ${KIND_WORDS[root.type]}, where an object belongs`;
    return [problem('not-an-object', message, root.offset, root.offset + 1)];
  }
  return duplicates(root).map(({ node, key, pointer }) =>
    problem(
      'duplicate-key',
      `the key \`${key}\` stands here twice, and programs disagree about which one counts`,
      node.offset,
      node.offset + node.length,
      pointer,
    ),
  );
}

/** Why rules that are added to this text would not hold; empty: they would. */
export function readingFaults(text: string, file: string, reads: 'json' | 'json-with-comments'): Problem[] {
  const faults = settingsFaults(text, file);
  return faults.length > 0 || reads === 'json-with-comments' ? faults : plainJsonFaults(text, file);
}

/** What an engine that reads plain JSON does not take; it then ignores the whole file, and our rules with it. */
function plainJsonFaults(text: string, file: string): Problem[] {
  const tokens = tokensIn(text, 0, text.length).filter(({ kind }) => kind !== 'space' && kind !== 'break');
  const at = tokens.findIndex(
    ({ kind }, index) =>
      kind === 'comment' || (kind === 'comma' && /^[\]}]/.test(text.slice(tokens[index + 1]?.start))),
  );
  const token = tokens[at];
  if (token === undefined) return [];
  const what = token.kind === 'comment' ? 'a comment' : 'a comma at the end of a list';
  const message = `\`${file}\` has ${what}, for which the engine ignores the whole file: nothing in it holds, and rules added to it would not either`;
  const help = 'take it out by hand; nothing was written';
  return [
    {
      code: 'ignored-file',
      message,
      help,
      place: { file, document: 0, pointer: '', ...locator(text)(token.start, token.end) },
    },
  ];
}

export const KIND_WORDS: Readonly<Record<Node['type'], string>> = {
  object: 'an object',
  array: 'a list',
  property: 'a key',
  string: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  null: '`null`',
};

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'the object has ended before this',
  UnexpectedEndOfComment: 'a comment has no end',
  UnexpectedEndOfString: 'a text has no closing quote',
  UnexpectedEndOfNumber: 'a number has no end',
  InvalidEscapeCharacter: 'this escape does not exist',
  InvalidUnicode: 'this escape does not exist',
  InvalidCharacter: 'a control character stands in a text',
};

/** Found before parsing, which goes one call deeper for each level. */
function tooDeepAt(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== END_OF_TEXT; kind = scanner.scan()) {
    if (OPENERS.includes(kind) && ++depth > MAX_DEPTH) return scanner.getTokenOffset();
    if (CLOSERS.includes(kind)) depth--;
  }
  return undefined;
}

function duplicates(
  node: Node | undefined,
  path: (string | number)[] = [],
): { node: Node; key: string; pointer: string }[] {
  if (node?.type === 'array') return (node.children ?? []).flatMap((child, i) => duplicates(child, [...path, i]));
  const seen = new Set<string>();
  return propertiesOf(node).flatMap(({ key, whole, value }) => {
    const name = whole.children?.[0];
    const here = [...path, key];
    const twice = seen.has(key) && name ? [{ node: name, key, pointer: pointerOf(...here) }] : [];
    seen.add(key);
    return [...twice, ...duplicates(value, here)];
  });
}
