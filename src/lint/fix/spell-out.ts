import type { PatchOperation } from '../../model/assessment.ts';
import { type Change, patchedValue } from '../../source/patch.ts';
import { pointerOf, tokensOf } from '../../source/pointer.ts';

/** The changes as they fit a document in which `tool: read` stands for a map: a field is added to the map that it means. */
export function spelledOut(document: unknown, patch: readonly PatchOperation[]): Change[] {
  const changes: Change[] = [];
  let value = document;
  for (const { op, path, value: put } of patch) {
    const change = spelled(value, put === undefined ? { op, path } : { op, path, value: put });
    changes.push(change);
    value = patchedValue(value, [change])?.value;
  }
  return changes;
}

function spelled(document: unknown, change: Change): Change {
  const tokens = tokensOf(change.path);
  const field = tokens.pop() ?? '';
  const effect = tokens.at(-2) === 'tools' ? valueAt(document, tokens) : undefined;
  if (typeof effect !== 'string' || change.op === 'remove') return change;
  return { op: 'replace', path: pointerOf(...tokens), value: { effect, [field]: change.value } };
}

function valueAt(value: unknown, tokens: readonly string[]): unknown {
  let current = value;
  for (const token of tokens) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}
