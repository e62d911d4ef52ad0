import type { Owned } from '../model/lock.ts';
import { tokensOf } from '../source/pointer.ts';
import { canonicalJson } from '../source/record.ts';
import { withValue } from './insert.ts';
import { isBare, withoutEntries, withoutKey } from './remove.ts';
import { nodeAt, plainOf, treeOf } from './syntax.ts';

/** A text without what is ours: values get back what they replaced; what a person changed since stays as it is. */
export function stripped(text: string, owned: readonly Owned[]): string {
  let out = text;
  for (const item of owned) {
    const path = tokensOf(item.pointer);
    if ('entries' in item) out = withoutEntries(out, path, item.entries);
    else if ('value' in item) {
      const node = nodeAt(treeOf(out), path);
      if (!node || canonicalJson(plainOf(node)) !== canonicalJson(item.value)) continue;
      out = 'before' in item ? withValue(out, path, item.before) : withoutKey(out, path);
    }
  }
  const made = owned.filter((item) => 'created' in item).map(({ pointer }) => tokensOf(pointer));
  // The innermost first: an object that held nothing else is empty then.
  for (const path of made.sort((a, b) => b.length - a.length)) if (isBare(out, path)) out = withoutKey(out, path);
  return out;
}
