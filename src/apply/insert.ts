import type { Node } from 'jsonc-parser';
import { type Edit, edited, indentAt, lineStart, rendered, type Style, styleOf } from './style.ts';
import { endOf, nodeAt, tokensIn, treeOf } from './syntax.ts';

/** The text with a value at the path; objects on the way are made. Comments stay, whatever they belong to. */
export function withValue(text: string, path: readonly string[], value: unknown): string {
  const root = treeOf(text);
  if (!root) return withValue(emptyObject(text), path, value);
  const present = nodeAt(root, path);
  const style = styleOf(text);
  if (present) {
    const content = rendered(value, indentAt(text, present.offset), style);
    return edited(text, [{ start: present.offset, end: endOf(present), text: content }]);
  }
  let depth = 0;
  while (nodeAt(root, path.slice(0, depth + 1))) depth++;
  const parent = nodeAt(root, path.slice(0, depth));
  const key = path[depth];
  if (parent?.type !== 'object' || key === undefined) throw new Error(`\`${path.join('/')}\` is not in an object`);
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const colon = style.compact ? ':' : ': ';
  return inserted(text, parent, style, (indent) => [
    `${JSON.stringify(key)}${colon}${rendered(nested, indent, style)}`,
  ]);
}

/** The text with more entries at the end of a list that is there. */
export function withEntries(text: string, path: readonly string[], entries: readonly unknown[]): string {
  const list = nodeAt(treeOf(text), path);
  if (list?.type !== 'array') throw new Error(`\`${path.join('/')}\` is not a list`);
  const style = styleOf(text);
  return inserted(text, list, style, (indent) => entries.map((entry) => rendered(entry, indent, style)));
}

/** An object for a text that holds none. */
function emptyObject(text: string): string {
  const { eol } = styleOf(text);
  return text.trim() === '' ? `{}${eol}` : `${text.trimEnd()}${eol}{}${eol}`;
}

function inserted(text: string, container: Node, style: Style, render: (indent: string) => string[]): string {
  const close = endOf(container) - 1;
  const last = container.children?.at(-1);
  const from = last ? endOf(last) : container.offset + 1;
  const tokens = tokensIn(text, from, close);
  const comma = tokens.find(({ kind }) => kind === 'comma');
  const edits: Edit[] = last && !comma ? [insert(from, ',')] : [];
  if (style.compact) return edited(text, [...edits, insert(comma?.end ?? from, render('').join(','))]);
  const outer = indentAt(text, container.offset);
  const indent = last && isFirstOnLine(text, last) ? indentAt(text, last.offset) : outer + style.unit;
  const lines = render(indent)
    .map((piece) => `${style.eol}${indent}${piece}`)
    .join(',');
  // Behind a comma that was there, and behind the comments that belong to what stands before.
  const rest = tokens.filter(({ start }) => start >= (comma?.end ?? from));
  const lineBreak = rest.findLast(({ kind }) => kind === 'break');
  if (lineBreak) return edited(text, [...edits, insert(lineBreak.start, lines)]);
  const blank = rest.at(-1)?.kind === 'space' ? rest.at(-1)?.start : undefined;
  return edited(text, [...edits, { start: blank ?? close, end: close, text: `${lines}${style.eol}${outer}` }]);
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });

function isFirstOnLine(text: string, node: Node): boolean {
  return text.slice(lineStart(text, node.offset), node.offset).trim() === '';
}
