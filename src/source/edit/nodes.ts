import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Quote } from './render.ts';

export type MapNode = YAMLMap<Node, Node | null>;
export type ListNode = YAMLSeq<Node>;

/** Where a path leads: through the map or list that holds it, to an entry that may not be there. */
export interface Spot {
  holder: MapNode | ListNode;
  /** From the outermost holder to the one of the entry. */
  above: readonly (MapNode | ListNode)[];
  key: string;
  /** Of the entry in its holder; -1: not there. */
  index: number;
}

/** Undefined: the path leads nowhere; an alias: it leads into what stands elsewhere. */
export function spotOf(root: Node | null, tokens: readonly string[]): Spot | Alias | undefined {
  const above: (MapNode | ListNode)[] = [];
  let node = root;
  for (const [depth, key] of tokens.entries()) {
    if (isAlias(node)) return node;
    if (!isMap<Node, Node | null>(node) && !isSeq<Node>(node)) return undefined;
    above.push(node);
    const index = indexIn(node, key);
    if (depth === tokens.length - 1) return { holder: node, above, key, index };
    if (index < 0) return undefined;
    node = valueAt(node, index);
  }
  return undefined;
}

function indexIn(holder: MapNode | ListNode, key: string): number {
  if (isMap<Node, Node | null>(holder))
    return holder.items.findIndex((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  const index = Number(key);
  return key !== '-' && index < holder.items.length ? index : -1;
}

export function valueAt(holder: MapNode | ListNode, index: number): Node | null {
  return isMap<Node, Node | null>(holder) ? (holder.items[index]?.value ?? null) : (holder.items[index] ?? null);
}

export const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** Where what is written of a node ends: without the comments and space behind it, which the parser's range of a block has in it. */
export function endOf(node: Node): number {
  if (!isCollection(node) || node.flow) return node.range?.[1] ?? 0;
  const last = node.items.at(-1) as Pair<Node, Node | null> | Node | undefined;
  if (last === undefined) return node.range?.[1] ?? 0;
  return 'key' in last ? endOfPair(last) : endOf(last);
}

export function endOfPair({ key, value }: Pair<Node, Node | null>): number {
  return value ? Math.max(endOf(value), key.range?.[1] ?? 0) : (key.range?.[1] ?? 0);
}

/** From the first to the last character of an entry. */
export function entryAt(holder: MapNode | ListNode, index: number): { start: number; end: number } | undefined {
  const item = holder.items[index];
  if (item === undefined) return undefined;
  return 'key' in item
    ? { start: startOf(item.key), end: endOfPair(item) }
    : { start: startOf(item), end: endOf(item) };
}

export function quoteOf(node: Node | null): Quote {
  const type = isScalar(node) ? node.type : undefined;
  return type === 'QUOTE_DOUBLE' ? 'double' : type === 'QUOTE_SINGLE' ? 'single' : 'plain';
}
