import { type Document, isAlias, isMap, type Node } from 'yaml';
import { compose } from './compose.ts';
import { parseSource } from './document.ts';
import { addInBlock, dashBefore, removeInBlock } from './edit/block.ts';
import { commentsOf } from './edit/comments.ts';
import { addInFlow, removeInFlow } from './edit/flow.ts';
import { lineEnd } from './edit/lines.ts';
import { entryAt, type Spot, spotOf } from './edit/nodes.ts';
import { refined } from './edit/refine.ts';
import { inline } from './edit/render.ts';
import { type Refusal, refuse, type Sheet, type Splice, sheetOf, spliced } from './edit/sheet.ts';
import { replaceAt } from './edit/value.ts';
import { type Change, patchedValue } from './patch.ts';
import { tokensOf } from './pointer.ts';
import { canonicalJson } from './record.ts';

export type Edited = { text: string } | Refusal;

/**
 * The text of a YAML or JSON file with a change made to one of its documents (from 0) and everything else as it was written.
 * What comes out is read again: a text that does not say exactly what was asked for, or lost a comment, is refused.
 */
export function editText(raw: string, document: number, patch: readonly Change[]): Edited {
  const mark = raw.startsWith('\uFEFF') ? '\uFEFF' : '';
  const edited = edit(raw.slice(mark.length), document, patch);
  return 'refused' in edited ? edited : { text: mark + edited.text };
}

function edit(text: string, document: number, patch: readonly Change[]): Edited {
  const before = valuesOf(text);
  if (!before) return refuse('the file cannot be read');
  const wanted = patchedValue(before.get(document), patch);
  if (!before.has(document) || !wanted) return refuse('a path of the change leads nowhere');
  let now = text;
  let value = before.get(document);
  for (const change of patch) {
    const after = patchedValue(value, [change]);
    if (!after) return refuse(`\`${change.path}\` leads nowhere`);
    for (const small of smallChanges(value, after.value, change)) {
      const edited = editOnce(now, document, small);
      if ('refused' in edited) return edited;
      now = edited.text;
    }
    value = after.value;
  }
  const read = valuesOf(now);
  before.set(document, wanted.value);
  if (!read || !sameValues(read, before))
    return refuse('the change cannot be written without changing something else too');
  return { text: now };
}

/** A value that is there already is changed from within. */
function smallChanges(before: unknown, after: unknown, change: Change): Change[] {
  const last = tokensOf(change.path).at(-1) ?? '';
  if (change.op === 'remove' || last === '-') return [change];
  const [old, now] = [valueAt(before, change.path), valueAt(after, change.path)];
  if (change.op === 'add' && (old === undefined || Array.isArray(valueAt(before, parentOf(change.path)))))
    return [change];
  return refined(change.path, old, now);
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const token of tokensOf(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}

function editOnce(text: string, document: number, change: Change): Edited {
  // Offsets are those of the text: what takes the place of a lone carriage return is as long.
  const composed = compose(text.replace(/\r(?!\n)/g, '\n'));
  const root = 'documents' in composed ? (composed.documents[document] as Document.Parsed | undefined) : undefined;
  if (!root?.contents) return refuse('the file cannot be read');
  const sheet = sheetOf(text);
  if (change.path === '') return wholeDocument(sheet, root.contents, change);
  const spot = spotOf(root.contents, tokensOf(change.path));
  if (spot === undefined) return refuse(`\`${change.path}\` leads nowhere`);
  if (isAlias(spot))
    return refuse(`\`${change.path}\` stands in \`*${spot.source}\`, which repeats a value from elsewhere`);
  const splices = splicesOf(sheet, spot, change);
  if ('refused' in splices) return splices;
  return keepingComments(text, spliced(text, splices), change.op === 'remove' ? ownPart(text, spot) : undefined);
}

function wholeDocument(sheet: Sheet, root: Node, { op, value }: Change): Edited {
  if (op === 'remove') return refuse('a document is not removed');
  const [start, end] = root.range ?? [0, 0];
  return keepingComments(sheet.text, spliced(sheet.text, [{ start, end, text: inline(value, sheet) }]), undefined);
}

function splicesOf(sheet: Sheet, spot: Spot, { op, value }: Change): Splice[] | Refusal {
  const { holder, index, key } = spot;
  if (op === 'remove') return holder.flow ? removeInFlow(sheet, holder, index) : removeInBlock(sheet, spot);
  if (index >= 0 && (op === 'replace' || isMap(holder))) return replaceAt(sheet, spot, value);
  if (index >= 0) return refuse('entries are only added behind the last one of a list');
  return holder.flow ? addInFlow(sheet, holder, key, value) : addInBlock(sheet, spot, value);
}

function ownPart(text: string, { holder, index }: Spot): { start: number; end: number } | undefined {
  const entry = entryAt(holder, index);
  if (!entry || isMap(holder) || holder.flow) return entry;
  return { start: dashBefore(text, entry.start), end: entry.end };
}

/** A comment inside of what is removed, or behind it on its line, goes with it; every other one has to stay. */
function keepingComments(before: string, after: string, removed: { start: number; end: number } | undefined): Edited {
  const left = new Map<string, number>();
  for (const { text } of commentsOf(after)) left.set(text, (left.get(text) ?? 0) + 1);
  for (const { offset, text } of commentsOf(before)) {
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    else if (!removed || offset < removed.start || offset >= lineEnd(before, removed.end))
      return refuse('a comment would be lost');
  }
  return { text: after };
}

function valuesOf(text: string): Map<number, unknown> | undefined {
  const source = parseSource('', text);
  return source.state === 'ok' ? new Map(source.value.documents.map(({ index, value }) => [index, value])) : undefined;
}

function sameValues(a: Map<number, unknown>, b: Map<number, unknown>): boolean {
  return canonicalJson([...a]) === canonicalJson([...b]);
}
