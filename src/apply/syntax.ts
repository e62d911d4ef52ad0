import { createScanner, type Node, parseTree } from 'jsonc-parser';

/** A token between two values: what a comma or a line break is, and not in a comment or a string. */
export interface Token {
  kind: 'comma' | 'break' | 'space' | 'comment' | 'other';
  start: number;
  end: number;
}

// The package's own enum exists for the compiler alone.
const KINDS: Readonly<Record<number, Token['kind']>> = {
  5: 'comma',
  12: 'comment',
  13: 'comment',
  14: 'break',
  15: 'space',
};
const END_OF_TEXT = 17;

/** Every token that starts in this part of the text. */
export function tokensIn(text: string, from: number, to: number): Token[] {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  const tokens: Token[] = [];
  for (let kind: number = scanner.scan(); kind !== END_OF_TEXT; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (start >= to) break;
    tokens.push({ kind: KINDS[kind] ?? 'other', start, end: start + scanner.getTokenLength() });
  }
  return tokens;
}

/** The tree of a text that is known to hold an object; undefined: nothing but space and comments. */
export function treeOf(text: string): Node | undefined {
  return parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
}

/** The value below a node, by the parts of a JSON Pointer; lists are never entered. */
export function nodeAt(root: Node | undefined, path: readonly string[]): Node | undefined {
  let node = root;
  for (const key of path) node = propertiesOf(node).find((property) => property.key === key)?.value;
  return node;
}

export interface Property {
  key: string;
  /** Key and value together. */
  whole: Node;
  value: Node | undefined;
}

export function propertiesOf(node: Node | undefined): Property[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).map((whole) => ({
    key: String(whole.children?.[0]?.value),
    whole,
    value: whole.children?.[1],
  }));
}

/** Built key by key: assigning to `__proto__` would not make a key. */
export function plainOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(propertiesOf(node).flatMap(({ key, value }) => (value ? [[key, plainOf(value)]] : [])));
}

export const endOf = (node: Node): number => node.offset + node.length;
