import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Place } from '../model/place.ts';
import { tokensOf } from './pointer.ts';

export type At = (start: number, end: number, pointer: string) => Place;

/** Where pointers into a document stand: on the value if it is on the key's line anyway, else on the key. */
export function placer(
  document: Document.Parsed,
  targets: ReadonlyMap<Alias, Node>,
  at: At,
): (pointer: string, at?: 'key' | 'value') => Place {
  const lookUp = pairsByKey();
  const behind = (node: Node | null) => (isAlias(node) ? (targets.get(node) ?? null) : node);
  const found = (pointer: string) => {
    let node: Node | null = document.contents;
    let key: Node | null = null;
    let depth = 0;
    for (const token of tokensOf(pointer)) {
      const next = childOf(behind(node), token, lookUp);
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

type Entries = YAMLMap<Node, Node | null>;
type LookUp = (map: Entries, key: string) => Entries['items'][number] | undefined;

/** Looks once at each map: thousands of pointers into a map of thousands would else be a walk each. */
function pairsByKey(): LookUp {
  const known = new Map<Entries, Map<string, Entries['items'][number]>>();
  return (map, key) => {
    let pairs = known.get(map);
    if (!pairs) {
      // Of two pairs with one key the first counts.
      const named = map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
      pairs = new Map(named.reverse());
      known.set(map, pairs);
    }
    return pairs.get(key);
  };
}

function childOf(
  holder: Node | null,
  token: string,
  lookUp: LookUp,
): { key: Node | null; value: Node | null } | undefined {
  if (isMap<Node, Node | null>(holder)) {
    const pair = lookUp(holder, token);
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq<Node>(holder)) {
    const value = holder.items[Number(token)];
    return value && { key: null, value };
  }
  return undefined;
}
