import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Problem } from '../model/place.ts';
import type { Fault } from './fault.ts';

/** The values of a map, with every key that cannot stand reported. */
export function valuesOf(map: YAMLMap<Node, Node | null>, faults: Fault[]): (Node | null)[] {
  const seen = new Map<string, Pair<Node, Node | null>>();
  for (const pair of map.items) {
    if (!isScalar(pair.key)) {
      const key = isAlias(pair.key) ? 'an alias' : isMap(pair.key) ? 'a map' : 'a list';
      faults.push({ code: 'wrong-type', message: `a key must be text, not ${key}`, range: rangeOf(pair.key) });
      continue;
    }
    const key = String(pair.key.value);
    const range = rangeOf(pair.key);
    const first = seen.get(key);
    if (first) {
      const related = { message: 'the first time', range: rangeOf(first.key) };
      faults.push({
        code: 'duplicate-key',
        message: `\`${key}\` is given twice in the same map`,
        help: 'remove or rename one',
        range,
        related,
      });
    } else seen.set(key, pair);
    const reserved = RESERVED.get(key);
    if (reserved) faults.push({ code: 'reserved-key', range, ...reserved });
  }
  return map.items.map(({ value }) => value);
}

const RESERVED: ReadonlyMap<string, Pick<Problem, 'message' | 'help'>> = new Map([
  // Copying it would reach an object's prototype.
  ['__proto__', { message: '`__proto__` cannot be a key', help: 'use another name' }],
  [
    '<<',
    {
      message: '`<<` does not merge maps here',
      help: 'write the keys out, or repeat a whole value with `&name` and `*name`',
    },
  ],
]);

const CORE = 'tag:yaml.org,2002:';

/** A tag that only says what the value is anyway. */
export function isPlainTag(node: Node): boolean {
  const kinds = isMap(node) ? ['map'] : isSeq(node) ? ['seq'] : ['str', 'int', 'float', 'bool', 'null'];
  return 'tag' in node && kinds.some((kind) => node.tag === `${CORE}${kind}`);
}

export const shortTag = (tag: string) => (tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag);
export const rangeOf = ({ range }: Node): readonly [number, number] => (range ? [range[0], range[1]] : [0, 0]);
