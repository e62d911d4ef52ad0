import { isCollection, isMap, isScalar, type Node } from 'yaml';
import { columnOf, pairText } from './block.ts';
import { lineEnd, lineStart } from './lines.ts';
import { endOf, quoteOf, type Spot, startOf, valueAt } from './nodes.ts';
import { inline, isEmpty } from './render.ts';
import { type Refusal, refuse, type Sheet, type Splice } from './sheet.ts';

/** Another value in the place of one; on its line, unless it is too long for that and may stand in a block. */
export function replaceAt(sheet: Sheet, spot: Spot, value: unknown): Splice[] | Refusal {
  const { text, json } = sheet;
  const { holder, index, key } = spot;
  const old = valueAt(holder, index);
  if (!old?.range) return refuse('it has no value to replace');
  const [start] = old.range;
  const end = endWithin(text, old);
  const quote = quoteOf(old);
  const flat = inline(value, { json, ...(isScalar(old) ? { quote: isEmpty(value) ? quote : 'plain' } : {}) });
  const pair = isMap<Node, Node | null>(holder) ? holder.items[index] : undefined;
  // Nothing at all is written behind the colon of an empty value.
  if (start === end) return [{ start, end, text: ` ${flat}` }];
  if (!pair) return [{ start, end, text: flat }];
  const keyStart = startOf(pair.key);
  if (isCollection(old) && !old.flow) return replaceBlock(sheet, pair.key, old, flat);
  if (json || holder.flow || isEmpty(value)) return [{ start, end, text: flat }];
  const column = columnOf(text, startOf(holder));
  const long = pairText(sheet, spot, column, key, value);
  const broken = long.includes('\n');
  const between = text.slice(pair.key.range?.[1] ?? keyStart, start);
  if (!broken || !/^\s*:[ \t]*$/.test(between)) return [{ start, end, text: flat }];
  const behind = text.slice(end, lineEnd(text, end));
  // A comment behind the value stays on the key's line.
  const body = long.slice(long.indexOf(':', long.indexOf(sheet.eol) - 1) + 1);
  return [
    {
      start: start - between.length + between.indexOf(':') + 1,
      end: end + behind.length,
      text: behind.trimEnd() + body,
    },
  ];
}

/** Lines below a key become a value behind it. */
function replaceBlock({ text }: Sheet, key: Node, old: Node, flat: string): Splice[] {
  const from = key.range?.[1] ?? 0;
  const end = endOf(old);
  const colon = text.indexOf(':', from);
  const line = lineStart(text, startOf(old));
  const broken = text[end - 1] === '\n' ? 1 : 0;
  if (line <= from) return [{ start: startOf(old), end: end - broken, text: flat }];
  const last = broken ? end : lineEnd(text, end) + (lineEnd(text, end) < text.length ? 1 : 0);
  return [
    { start: colon + 1, end: colon + 1, text: ` ${flat}` },
    { start: line, end: Math.max(line, last), text: '' },
  ];
}

/** Text in `|` has its last line break in its range, which has to stay. */
function endWithin(text: string, node: Node): number {
  const end = endOf(node);
  if (!isScalar(node) || !node.type?.startsWith('BLOCK') || text[end - 1] !== '\n') return end;
  return text[end - 2] === '\r' ? end - 2 : end - 1;
}
