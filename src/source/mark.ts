import type { Document } from 'yaml';
import { compose } from './compose.ts';
import { parseSource } from './document.ts';
import { lineEnd, lineStart } from './edit/lines.ts';
import { entryAt, spotOf } from './edit/nodes.ts';
import { type Splice, sheetOf, spliced } from './edit/sheet.ts';
import { tokensOf } from './pointer.ts';
import { canonicalJson, isRecord } from './record.ts';

/**
 * The text with a comment at some of its entries, by their pointers: behind an entry that ends its line, else above it.
 * What cannot have one (JSON, or where the comment would be part of a value) stays as it was.
 */
export function withComments(raw: string, document: number, comments: ReadonlyMap<string, string>): string {
  const mark = raw.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = raw.slice(mark.length);
  const { json, eol } = sheetOf(text);
  const composed = compose(text.replace(/\r(?!\n)/g, '\n'));
  const root = 'documents' in composed ? (composed.documents[document] as Document.Parsed | undefined)?.contents : null;
  if (json || !root || !isRecord(valueIn(text, document))) return raw;
  const splices = [...comments].flatMap(([pointer, comment]): Splice[] => {
    const spot = spotOf(root, tokensOf(pointer));
    const entry = spot !== undefined && 'holder' in spot ? entryAt(spot.holder, spot.index) : undefined;
    if (!entry) return [];
    const start = lineStart(text, entry.start);
    const end = lineEnd(text, entry.end);
    const isLine = /^[ \t]*$/.test(text.slice(entry.end, end)) && !text.slice(start, entry.end).includes('\n');
    if (isLine) return [{ start: entry.end, end, text: ` # ${comment}` }];
    const indent = /^[ \t]*/.exec(text.slice(start, entry.start))?.[0] ?? '';
    return [{ start, end: start, text: `${indent}# ${comment}${eol}` }];
  });
  const marked = spliced(text, splices);
  return canonicalJson(allIn(marked)) === canonicalJson(allIn(text)) ? mark + marked : raw;
}

function allIn(text: string): unknown[] {
  const source = parseSource('', text);
  return source.state === 'ok' ? source.value.documents.map(({ value }) => value) : [];
}

const valueIn = (text: string, document: number): unknown => allIn(text)[document];
