import type { Node } from 'jsonc-parser';
import type { Problem } from '../model/place.ts';
import { locator } from '../source/locate.ts';
import { pointerOf } from '../source/pointer.ts';
import { KIND_WORDS } from './faults.ts';
import { endOf, nodeAt, treeOf } from './syntax.ts';
import type { Wanted } from './wanted.ts';

const SCALARS: readonly Node['type'][] = ['string', 'number', 'boolean', 'null'];

/** Values that stand where an object or a list of ours belongs. */
export function misfits(text: string, wanted: readonly Wanted[], file: string): Problem[] {
  const root = treeOf(text);
  const locate = locator(text);
  const found = new Map<string, Problem>();
  const want = (path: string[], types: readonly Node['type'][], words: string): void => {
    const node = nodeAt(root, path);
    if (!node || types.includes(node.type)) return;
    const pointer = pointerOf(...path);
    found.set(pointer, {
      code: 'wrong-type',
      message: `\`${path.join('.')}\` is ${KIND_WORDS[node.type]}, where ${words} belongs`,
      help: 'mend it by hand; nothing was written',
      place: { file, document: 0, pointer, ...locate(node.offset, endOf(node)) },
    });
  };
  for (const { path, rule } of wanted) {
    for (let depth = 1; depth < path.length; depth++) want(path.slice(0, depth), ['object'], 'an object');
    if (rule === 'set') want(path, SCALARS, 'a plain value');
    else want(path, ['array'], 'a list');
  }
  return [...found.values()];
}
