import { tokensOf } from '../../source/pointer.ts';

/** A place that a fix changes. */
export interface Touch {
  file: string;
  document: number;
  path: string;
}

/** Would one of two fixes change what the other one starts from? */
export function overlap(a: readonly Touch[], b: readonly Touch[]): boolean {
  return a.some((one) => b.some((other) => meet(one, other)));
}

function meet(a: Touch, b: Touch): boolean {
  if (a.file !== b.file || a.document !== b.document) return false;
  // Two entries at the end of one list stand beside each other.
  if (a.path === b.path && a.path.endsWith('/-')) return false;
  return startsWith(a.path, b.path) || startsWith(b.path, a.path) || sameList(a.path, b.path);
}

const startsWith = (path: string, start: string) => `${path}/`.startsWith(`${start}/`);

/** Entries move when one before them goes. */
function sameList(a: string, b: string): boolean {
  const [one, other] = [tokensOf(a), tokensOf(b)];
  const length = Math.min(one.length, other.length);
  const at = one.findIndex((token, i) => i >= length || token !== other[i]);
  return at >= 0 && at < length && [one[at], other[at]].every((token) => /^(?:\d+|-)$/.test(token ?? ''));
}
