import { parseSource } from '../source/document.ts';
import { editText } from '../source/edit.ts';
import type { Change } from '../source/patch.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { canonicalJson, isRecord } from '../source/record.ts';

export interface Merged {
  text: string;
  /** What the files say anew, as it was written. */
  applied: Change[];
  /** What they say anew where a person wrote something else: the person's stands. */
  kept: Change[];
}

/**
 * Three ways: `last` is what the last import wrote, `now` what this one would, `text` the manifest as people left it. What
 * they did not touch follows the files; everything else stays. Undefined: the text cannot be read or edited.
 */
export function mergedText(file: string, text: string, last: unknown, now: unknown): Merged | undefined {
  const source = parseSource(file, text);
  const [document] = source.state === 'ok' ? source.value.documents : [];
  if (!document) return undefined;
  const merged: Merged = { text, applied: [], kept: [] };
  for (const change of changesBetween(last, now)) {
    const theirs = at(document.value, change.path);
    if (same(theirs, change.op === 'remove' ? undefined : change.value)) continue;
    // A tool that somebody took out, or described, is theirs.
    if (!same(theirs, at(last, change.path))) {
      merged.kept.push(change);
      continue;
    }
    const edited = editText(merged.text, document.index, [change]);
    if ('refused' in edited) merged.kept.push(change);
    else {
      merged.text = edited.text;
      merged.applied.push(change);
    }
  }
  return merged;
}

/** What leads from one value to another: maps entry by entry, everything else whole. */
export function changesBetween(from: unknown, to: unknown, path = ''): Change[] {
  if (same(from, to)) return [];
  if (!isRecord(from) || !isRecord(to)) {
    if (to === undefined) return [{ op: 'remove', path }];
    return [{ op: from === undefined ? 'add' : 'replace', path, value: to }];
  }
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
    changesBetween(own(from, key), own(to, key), path + pointerOf(key)),
  );
}

const own = (map: Record<string, unknown>, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

function at(value: unknown, path: string): unknown {
  return tokensOf(path).reduce((inner: unknown, token) => (isRecord(inner) ? own(inner, token) : undefined), value);
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
