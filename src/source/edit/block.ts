import { isMap, type Node, type Pair } from 'yaml';
import { isBlank, isTail, lineEnd, lineStart, markAfter, nextLine } from './lines.ts';
import { endOf, entryAt, type ListNode, type MapNode, type Spot, startOf } from './nodes.ts';
import { blockLines, inline, isEmpty, keyText } from './render.ts';
import { type Refusal, refuse, type Sheet, type Splice } from './sheet.ts';

/** Longer lines are broken into blocks. */
const WIDTH = 120;

/** Columns that one level is indented by. */
export function stepOf(spot: Pick<Spot, 'above'>, text: string): string {
  const columns = spot.above.filter((node) => !node.flow).map((node) => columnOf(text, startOf(node)));
  const step = columns.map((column, i) => column - (columns[i - 1] ?? 0)).find((difference) => difference > 0) ?? 2;
  return ' '.repeat(step);
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** `key: value`, in one line where that fits and the entries beside it are written so. */
export function pairText(sheet: Sheet, spot: Spot, column: number, key: string, value: unknown): string {
  const name = keyText(key, { json: false });
  const short = `${name}: ${inline(value, { json: false })}`;
  if (isEmpty(value) || (column + short.length <= WIDTH && !besideBlocks(spot))) return short;
  const step = stepOf(spot, sheet.text);
  return [`${name}:`, ...blockLines(value, ' '.repeat(column) + step, step)].join(sheet.eol);
}

function besideBlocks({ holder, index }: Spot): boolean {
  const beside = holder.items.flatMap((item, i) =>
    i !== index && 'key' in item && isMap(item.value) ? [item.value] : [],
  );
  return beside.length > 0 && beside.every((map) => !map.flow);
}

/** A new entry on a line of its own, behind the last one and its comment. */
export function addInBlock(sheet: Sheet, spot: Spot, value: unknown): Splice[] | Refusal {
  const { text, eol } = sheet;
  const { holder, key } = spot;
  const column = columnOf(text, startOf(holder));
  const entry = isMap(holder) ? pairText(sheet, spot, column, key, value) : `- ${inline(value, { json: false })}`;
  const put = ' '.repeat(column) + entry;
  const end = endOf(holder);
  // Text in `|` ends with its line break.
  if (text[end - 1] === '\n') return [{ start: end, end, text: put + eol }];
  const at = lineEnd(text, end);
  if (!isTail(text.slice(end, at))) return refuse('something else stands behind the last entry, on the same line');
  return [{ start: at, end: at, text: eol + put }];
}

export function removeInBlock(sheet: Sheet, spot: Spot): Splice[] | Refusal {
  const { text } = sheet;
  const { holder, index } = spot;
  const entry = entryAt(holder, index);
  if (!entry) return refuse('there is nothing to remove');
  const { end } = entry;
  const start = isMap(holder) ? entry.start : dashBefore(text, entry.start);
  if (holder.items.length === 1) return emptied(sheet, spot, start, end);
  const line = lineStart(text, start);
  if (isBlank(text.slice(line, start))) return wholeLines(text, line, end);
  // The first key of a map in a list stands behind its `- `, which stays.
  const after = entryAt(holder, index + 1);
  return after && isMap(holder)
    ? [{ start, end: after.start, text: '' }]
    : refuse('it shares its line with what stays');
}

function wholeLines(text: string, line: number, end: number): Splice[] | Refusal {
  if (text[end - 1] === '\n') return [{ start: line, end, text: '' }];
  const last = lineEnd(text, end);
  if (!isTail(text.slice(end, last))) return refuse('something else stands behind it, on the same line');
  if (last < text.length || line === 0) return [{ start: line, end: nextLine(text, end), text: '' }];
  // The last line has no break of its own, so the one before it loses its own.
  return [{ start: text[line - 2] === '\r' ? line - 2 : line - 1, end: last, text: '' }];
}

/** Nothing is left to stand on lines: `{}` or `[]`. */
function emptied({ text }: Sheet, { holder, above }: Spot, start: number, end: number): Splice[] | Refusal {
  const nothing = isMap(holder) ? '{}' : '[]';
  const parent = above.at(-2);
  const key = parent && ownerOf(parent, holder)?.key;
  const line = lineStart(text, start);
  if (!key || line <= startOf(key)) {
    const broken = text[end - 1] === '\n' ? (text[end - 2] === '\r' ? 2 : 1) : 0;
    return [{ start, end: end - broken, text: nothing }];
  }
  const colon = markAfter(text, key.range?.[1] ?? 0);
  const lines = wholeLines(text, line, end);
  return 'refused' in lines ? lines : [{ start: colon + 1, end: colon + 1, text: ` ${nothing}` }, ...lines];
}

export function ownerOf(parent: MapNode | ListNode, value: Node): Pair<Node, Node | null> | undefined {
  return isMap<Node, Node | null>(parent) ? parent.items.find((pair) => pair.value === value) : undefined;
}

/** The `-` of an entry, which may stand on a line above it, with comments in between. */
export function dashBefore(text: string, at: number): number {
  for (let line = lineStart(text, at), end = at; ; end = line - 1, line = lineStart(text, end)) {
    const dash = /^ *(?:- +)*-(?=\s|$)/.exec(text.slice(line, end));
    if (dash) return line + dash[0].length - 1;
    if (line === 0) return at;
  }
}
