import type { Owned } from '../model/lock.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { canonicalJson } from '../source/record.ts';
import { withEntries, withValue } from './insert.ts';
import { withoutEntries } from './remove.ts';
import { stripped } from './strip.ts';
import { nodeAt, plainOf, treeOf } from './syntax.ts';
import { entriesOf, type Wanted } from './wanted.ts';

export interface Merged {
  text: string;
  /** What is ours in the text, in the order of the generated file. */
  owns: Owned[];
  /** Where the person's own choice stands although ours is narrower. */
  warnings: string[];
  /** Entries that a person wrote into lists that hold some of ours. */
  yours: number;
}

/** A text with the wanted keys in it, changed as little as can be. `owned` is what is ours in it already. */
export function merged(text: string, wanted: readonly Wanted[], owned: readonly Owned[]): Merged {
  const keys = new Set(wanted.map(({ pointer }) => pointer));
  const made = owned.filter((item) => 'created' in item);
  const out: Merged = {
    text: stripped(
      text,
      owned.filter((item) => !('created' in item) && !keys.has(item.pointer)),
    ),
    owns: [],
    warnings: [],
    yours: 0,
  };
  const created = new Set(made.map(({ pointer }) => pointer).filter((pointer) => at(out.text, tokensOf(pointer))));
  for (const item of wanted) {
    const missing = missingOn(out.text, item.path, item.rule === 'union' ? 0 : 1);
    STEPS[item.rule](out, item, owned);
    for (const pointer of missing) if (at(out.text, tokensOf(pointer))) created.add(pointer);
  }
  out.owns.push(...[...created].sort().map((pointer) => ({ pointer, created: true as const })));
  // An object that only held what is no longer wanted goes with it.
  const bare = stripped(
    out.text,
    out.owns.filter((item) => 'created' in item),
  );
  if (bare !== out.text) {
    out.text = bare;
    out.owns = out.owns.filter((item) => !('created' in item) || at(bare, tokensOf(item.pointer)));
  }
  return out;
}

const STEPS: Record<Wanted['rule'], (out: Merged, item: Wanted, owned: readonly Owned[]) => void> = {
  union: (out, item, owned) => {
    const { pointer, path } = item;
    const previous = owned.flatMap((other) => (other.pointer === pointer && 'entries' in other ? other.entries : []));
    const entries = entriesOf(item);
    out.text = withoutEntries(out.text, path, leftOut(previous, entries));
    const present = listAt(out.text, path);
    const missing = leftOut(entries, present);
    const ours = entries.filter((entry) => includes(previous, entry) || includes(missing, entry));
    if (missing.length > 0)
      out.text = at(out.text, path) ? withEntries(out.text, path, missing) : withValue(out.text, path, missing);
    out.yours += leftOut(listAt(out.text, path), ours).length;
    if (ours.length > 0) out.owns.push({ pointer, entries: ours });
  },
  set: (out, { pointer, path, value }, owned) => {
    const node = at(out.text, path);
    const current = node && plainOf(node);
    const previous = node && ownValue(owned, pointer, current);
    if (previous) out.owns.push({ ...previous, value });
    else if (!node) out.owns.push({ pointer, value });
    else if (!same(current, value)) out.owns.push({ pointer, value, before: current });
    if (!node || !same(current, value)) out.text = withValue(out.text, path, value);
  },
  'keep-if-present': (out, item, owned) => {
    const { pointer, path, value } = item;
    const node = at(out.text, path);
    if (!node || ownValue(owned, pointer, plainOf(node))) {
      if (!node || !same(plainOf(node), value)) out.text = withValue(out.text, path, value);
      out.owns.push({ pointer, value });
      return;
    }
    const more = leftOut(listAt(out.text, path), entriesOf(item));
    if (more.length > 0) out.warnings.push(wider(path, more));
  },
};

/** Our claim to a value, if the value is still the one that was written. */
function ownValue(owned: readonly Owned[], pointer: string, value: unknown): Owned | undefined {
  return owned.find((item) => item.pointer === pointer && 'value' in item && same(item.value, value));
}

/** Words for a list of the person's that allows more than ours. */
export function wider(path: readonly string[], more: readonly unknown[]): string {
  const names = more.slice(0, 3).map((entry) => `\`${typeof entry === 'string' ? entry : JSON.stringify(entry)}\``);
  const rest = more.length > 3 ? ` and ${more.length - 3} more` : '';
  return `\`${path.join('.')}\` was there and stays; it also allows ${names.join(', ')}${rest}`;
}

/** Pointers on the way to a key that lead nowhere yet, without the last `less`. */
function missingOn(text: string, path: readonly string[], less: number): string[] {
  const root = treeOf(text);
  return path
    .map((_, i) => path.slice(0, i + 1))
    .slice(0, path.length - less)
    .filter((part) => !nodeAt(root, part))
    .map((part) => pointerOf(...part));
}

export function listAt(text: string, path: readonly string[]): unknown[] {
  const value = at(text, path);
  const plain = value && plainOf(value);
  return Array.isArray(plain) ? plain : [];
}

export const at = (text: string, path: readonly string[]) => nodeAt(treeOf(text), path);
export const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
const includes = (list: readonly unknown[], entry: unknown) => list.some((other) => same(other, entry));

/** Entries of one list that another does not have. */
export function leftOut(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const held = new Set(other.map((entry) => canonicalJson(entry)));
  return list.filter((entry) => !held.has(canonicalJson(entry)));
}
