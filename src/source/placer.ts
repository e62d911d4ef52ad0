import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Place } from '../model/place.ts';
import { tokensOf } from './pointer.ts';

export type At = (start: number, end: number, pointer: string) => Place;

/** Where pointers into a document stand: on the value if it is on the key's line anyway, else on the key. */
export function placer(
  document: Document.Parsed,
  targets: ReadonlyMap<Alias, Node>,
  at: At,
): (pointer: string, at?: 'key' | 'value') => Place {
  const behind = (node: Node | null) => (isAlias(node) ? (targets.get(node) ?? null) : node);
  const found = (pointer: string) => {
    let node: Node | null = document.contents;
    let key: Node | null = null;
    let depth = 0;
    for (const token of tokensOf(pointer)) {
      const next = childOf(behind(node), token);
      if (!next) break;
      [key, node] = [next.key, next.value];
      depth += 1;
    }
    return { node, key, depth };
  };
  return (pointer, part) => {
    const own = found(pointer);
    // What is missing at the top has no place of its own, and the whole document is none to look at.
    const { node, key } = pointer !== '' && own.depth === 0 ? found('/agent/id') : own;
    const preferKey = key !== null && (part === 'key' || (part !== 'value' && !isScalar(node)));
    const range = (preferKey ? key : node)?.range ?? key?.range;
    return at(range?.[0] ?? 0, range?.[1] ?? 0, pointer);
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
