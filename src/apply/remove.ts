import type { Node } from 'jsonc-parser';
import { canonicalJson } from '../source/record.ts';
import { type Edit, edited, lineStart } from './style.ts';
import { endOf, nodeAt, plainOf, propertiesOf, tokensIn, treeOf } from './syntax.ts';

/** The text without one copy of each of these entries; those that are not there are no fault. */
export function withoutEntries(text: string, path: readonly string[], entries: readonly unknown[]): string {
  const list = nodeAt(treeOf(text), path);
  if (list?.type !== 'array') return text;
  const wanted = new Set(entries.map(canonicalJson));
  const gone = new Set<number>();
  // A second copy is somebody else's.
  for (const [i, child] of (list.children ?? []).entries())
    if (wanted.delete(canonicalJson(plainOf(child)))) gone.add(i);
  return gone.size === 0 ? text : tidied(without(text, list, gone), path);
}

/** The text without this key. */
export function withoutKey(text: string, path: readonly string[]): string {
  const parent = nodeAt(treeOf(text), path.slice(0, -1));
  const at = propertiesOf(parent).findIndex(({ key }) => key === path.at(-1));
  return parent && at >= 0 ? tidied(without(text, parent, new Set([at])), path.slice(0, -1)) : text;
}

/** Does an object or a list hold nothing, not even a comment? */
export function isBare(text: string, path: readonly string[]): boolean {
  const node = nodeAt(treeOf(text), path);
  if (!node) return path.length === 0 && text.trim() === '';
  if (node.type !== 'object' && node.type !== 'array') return false;
  return text.slice(node.offset + 1, endOf(node) - 1).trim() === '';
}

/** Brackets around nothing but space stand together. */
function tidied(text: string, path: readonly string[]): string {
  const node = nodeAt(treeOf(text), path);
  if (!node || !isBare(text, path)) return text;
  return edited(text, [{ start: node.offset + 1, end: endOf(node) - 1, text: '' }]);
}

function without(text: string, container: Node, gone: ReadonlySet<number>): string {
  const children = container.children ?? [];
  const commas = children.map((child, i) => {
    const to = children[i + 1]?.offset ?? endOf(container) - 1;
    return tokensIn(text, endOf(child), to).find(({ kind }) => kind === 'comma');
  });
  const edits: Edit[] = [];
  for (const [i, child] of children.entries()) {
    const comma = commas[i];
    if (gone.has(i)) {
      const end = endOf(child);
      if (comma?.start === end) edits.push(cut(text, child.offset, comma.end));
      else {
        edits.push(cut(text, child.offset, end));
        if (comma) edits.push({ start: comma.start, end: comma.end, text: '' });
      }
    }
  }
  // The last that stays needs no comma, where the last of all had none.
  const kept = children.findLastIndex((_, i) => !gone.has(i));
  const comma = commas[kept];
  if (kept >= 0 && kept < children.length - 1 && comma && !commas.at(-1))
    edits.push({ start: comma.start, end: comma.end, text: '' });
  return edited(text, edits);
}

/** Takes the line along where nothing else stands on it, else the space on one side. */
function cut(text: string, from: number, to: number): Edit {
  const start = lineStart(text, from);
  const before = text.slice(start, from);
  const after = /^[ \t]*(\r?\n)?/.exec(text.slice(to, to + 10_000))?.[0] ?? '';
  if (before.trim() === '' && after.endsWith('\n')) return { start, end: to + after.length, text: '' };
  if (after !== '' && !after.endsWith('\n')) return { start: from, end: to + after.length, text: '' };
  return { start: from - (before.trim() === '' ? 0 : before.length - before.trimEnd().length), end: to, text: '' };
}
