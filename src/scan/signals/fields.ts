import { plainText } from '../plain.ts';
import { wordsOf } from '../words.ts';

const MAX_FIELDS = 120;
const MAX_DEPTH = 5;
const MAX_VALUES = 60;
const TEXT_LIMIT = 300;

/** One argument of a tool, also those inside of an argument. */
export interface Field {
  /** The name in lower case with its words joined by `_`. */
  name: string;
  words: readonly string[];
  type: string;
  /** The texts that it can be, where it says so. */
  values: readonly string[];
  text: string;
  required: boolean;
  /** 0 is an argument itself; a single argument that wraps all the others does not count. */
  depth: number;
}

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (node: Node, key: string): unknown => (Object.hasOwn(node, key) ? node[key] : undefined);
const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.slice(0, MAX_VALUES).filter(isNode) : []);

/** Alternatives, items and local references, one step away. */
function parts(node: Node, root: Node): Node[] {
  const near = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => nodesIn(own(node, key)));
  const items = own(node, 'items');
  const reference = own(node, '$ref');
  const name = typeof reference === 'string' ? /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1] : undefined;
  const all = own(root, '$defs') ?? own(root, 'definitions');
  const target = name !== undefined && isNode(all) ? own(all, name) : undefined;
  return [...near, ...(isNode(items) ? [items] : nodesIn(items)), ...(isNode(target) ? [target] : [])];
}

function valuesOf(node: Node, root: Node, depth = 0): string[] {
  const listed = own(node, 'enum');
  const values = [...(Array.isArray(listed) ? listed.slice(0, MAX_VALUES) : []), own(node, 'const')];
  const texts = values.filter((value) => typeof value === 'string').map((value) => plainText(value, 80));
  if (depth >= 2) return texts;
  const near = parts(node, root).slice(0, depth === 0 ? 20 : 2);
  return [...texts, ...near.flatMap((part) => valuesOf(part, root, depth + 1))].slice(0, MAX_VALUES);
}

/** The arguments that an input schema describes. Anything that is not a schema has none; it ends on any input. */
export function fieldsOf(schema: unknown): Field[] {
  if (!isNode(schema)) return [];
  const fields: Field[] = [];
  const queue: { node: Node; depth: number; steps: number }[] = [{ node: schema, depth: 0, steps: 0 }];
  for (let seen = 0; seen < queue.length && seen < MAX_FIELDS && fields.length < MAX_FIELDS; seen++) {
    const { node, depth, steps } = queue[seen] as { node: Node; depth: number; steps: number };
    const properties = own(node, 'properties');
    const keys = isNode(properties) ? Object.keys(properties).slice(0, MAX_FIELDS) : [];
    const listed = own(node, 'required');
    const required = new Set(Array.isArray(listed) ? listed.slice(0, MAX_FIELDS) : []);
    for (const key of keys) {
      const child = isNode(properties) ? own(properties, key) : undefined;
      if (!isNode(child)) continue;
      fields.push(fieldOf(key, child, schema, required.has(key), depth));
      const wraps = depth === 0 && keys.length === 1;
      if (steps < MAX_DEPTH) queue.push({ node: child, depth: wraps ? 0 : depth + 1, steps: steps + 1 });
    }
    if (steps < MAX_DEPTH) for (const part of parts(node, schema)) queue.push({ node: part, depth, steps: steps + 1 });
  }
  return fields.slice(0, MAX_FIELDS);
}

function fieldOf(key: string, node: Node, root: Node, required: boolean, depth: number): Field {
  const words = wordsOf(key);
  const types = own(node, 'type');
  const type: unknown = Array.isArray(types) ? types[0] : types;
  return {
    name: words.join('_'),
    words,
    type: typeof type === 'string' ? type : '',
    values: valuesOf(node, root),
    text: plainText(own(node, 'description'), TEXT_LIMIT).toLowerCase(),
    required,
    depth,
  };
}
