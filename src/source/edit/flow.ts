import { isMap, type Node } from 'yaml';
import { isBlank, isTail, lineEnd, lineStart, markAfter, nextLine } from './lines.ts';
import { entryAt, type ListNode, type MapNode } from './nodes.ts';
import { inline, keyText } from './render.ts';
import { type Refusal, refuse, type Sheet, type Splice } from './sheet.ts';

type Holder = MapNode | ListNode;

/** A new last entry inside `{ }` or `[ ]`, on a line of its own if the one before has one. */
export function addInFlow(sheet: Sheet, holder: Holder, key: string, value: unknown): Splice[] {
  const { text, eol } = sheet;
  const tight = isTight(sheet, holder);
  const written = inline(value, sheet);
  const entry = isMap(holder) ? `${keyText(key, sheet)}:${tight ? '' : ' '}${written}` : written;
  const close = (holder.range?.[1] ?? 1) - 1;
  const last = entryAt(holder, holder.items.length - 1);
  if (!last) return [{ start: close, end: close, text: isMap(holder) && !tight ? padded(text, close, entry) : entry }];
  const mark = markAfter(text, last.end);
  const trailing = text[mark] === ',';
  const line = lineStart(text, last.start);
  const rest = text.slice(trailing ? mark + 1 : last.end, lineEnd(text, trailing ? mark : last.end));
  const indent = text.slice(line, last.start);
  if (isBlank(indent) && isTail(rest) && close > lineEnd(text, last.end)) {
    const at = lineEnd(text, trailing ? mark : last.end);
    const comma: Splice[] = trailing ? [] : [{ start: last.end, end: last.end, text: ',' }];
    return [...comma, { start: at, end: at, text: `${eol}${indent}${entry}${trailing ? ',' : ''}` }];
  }
  const at = trailing ? mark + 1 : last.end;
  const space = tight ? '' : ' ';
  return [{ start: at, end: at, text: trailing ? `${space}${entry},` : `,${space}${entry}` }];
}

/** Behind a line break the bracket's own indentation stays; else one space on either side. */
function padded(text: string, close: number, entry: string): string {
  return /[{\s]/.test(text[close - 1] ?? '') ? `${text[close - 1] === '{' ? ' ' : ''}${entry} ` : ` ${entry} `;
}

/** Written without space after colons and commas. */
function isTight({ text, json }: Sheet, holder: Holder): boolean {
  const [first] = holder.items;
  if (!json || first === undefined || !isMap<Node, Node | null>(holder)) return json && /^\S*$/.test(text.trim());
  const pair = holder.items[0];
  return pair?.value !== undefined && text[(pair.key.range?.[1] ?? 0) + 1] !== ' ';
}

export function removeInFlow({ text }: Sheet, holder: Holder, index: number): Splice[] | Refusal {
  const entry = entryAt(holder, index);
  if (!entry) return refuse('there is nothing to remove');
  const { start, end } = entry;
  const [open, close] = [holder.range?.[0] ?? 0, (holder.range?.[1] ?? 1) - 1];
  const mark = markAfter(text, end);
  const comma = text[mark] === ',' ? mark : -1;
  const before = entryAt(holder, index - 1);
  const after = entryAt(holder, index + 1);
  if (
    !before &&
    !after &&
    isBlank(text.slice(open + 1, start)) &&
    isBlank(text.slice(comma < 0 ? end : comma + 1, close))
  )
    return [{ start: open + 1, end: close, text: '' }];
  // A comma that nothing follows any more is no JSON.
  const commaBefore = before && !after && comma < 0 ? markAfter(text, before.end) : -1;
  const orphan: Splice[] = commaBefore < 0 ? [] : [{ start: commaBefore, end: commaBefore + 1, text: '' }];
  const line = lineStart(text, start);
  const last = comma < 0 ? end : comma + 1;
  if (
    line > open &&
    isBlank(text.slice(line, start)) &&
    isTail(text.slice(last, lineEnd(text, last))) &&
    lineEnd(text, last) < close
  )
    return [...orphan, { start: line, end: nextLine(text, last), text: '' }];
  if (after && isBlank(text.slice(last, after.start))) return [{ start, end: after.start, text: '' }];
  if (orphan.length > 0 && isBlank(text.slice(commaBefore + 1, start))) return [{ start: commaBefore, end, text: '' }];
  return [...orphan, { start, end: last, text: '' }];
}
