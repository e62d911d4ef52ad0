import type { Change } from '../model/diff.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';

/** The parts of a pointer within the manifest that has it, also where that one is written inside another. */
export function ownTokens(pointer: string): string[] {
  return tokensOf(pointer.replace(/^(?:\/subagents\/[^/]+\/manifest)+(?=\/)/, ''));
}

/** A section that came or went whole says nothing; its entries do. */
export function spelledOut(change: Change): Change[] {
  const { from, to, ...rest } = change;
  const value = from ?? to;
  const isSection = ownTokens(change.pointer).length === 1 && (from === undefined) !== (to === undefined);
  if (!isSection || !isRecord(value) || Object.keys(value).length === 0) return [change];
  return Object.entries(value).map(([key, part]) => ({
    ...rest,
    pointer: change.pointer + pointerOf(key),
    ...(from === undefined ? { to: part } : { from: part }),
  }));
}
