import { fromBase64 } from './base64.ts';
import { emptyRoot, nodeHash } from './hash.ts';

/**
 * An RFC 6962 tree of which only the roots of its perfect subtrees are kept, the largest first: one for each bit of the size.
 * A hash is text with a character for each byte.
 */
export interface Tree {
  size: number;
  peaks: string[];
}

export const noTree = (): Tree => ({ size: 0, peaks: [] });

/** Changes the tree: one more leaf. */
export function grow(tree: Tree, leaf: string): void {
  let node = leaf;
  // Not with bits: a log may grow beyond 32 of them.
  for (let rest = tree.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = tree.peaks.pop();
    if (left !== undefined) node = nodeHash(left, node);
  }
  tree.peaks.push(node);
  tree.size++;
}

export function rootOf({ peaks }: Tree): Buffer {
  const root = peaks.reduceRight<string | undefined>(
    (right, left) => (right ? nodeHash(left, right) : left),
    undefined,
  );
  return Buffer.from(root ?? emptyRoot(), 'latin1');
}

export const peaksText = ({ peaks }: Tree): string[] =>
  peaks.map((peak) => Buffer.from(peak, 'latin1').toString('base64'));

/** The tree again; undefined where these cannot be the peaks of a tree of that size. */
export function treeFrom(size: number, peaks: unknown): Tree | undefined {
  if (!Number.isSafeInteger(size) || size < 0 || !Array.isArray(peaks) || peaks.length !== onesIn(size))
    return undefined;
  const hashes = peaks.map((peak) => fromBase64(peak, 32)?.toString('latin1'));
  return hashes.every((hash) => hash !== undefined) ? { size, peaks: hashes } : undefined;
}

function onesIn(size: number): number {
  return size.toString(2).replaceAll('0', '').length;
}
