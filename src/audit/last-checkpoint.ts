import { readSync } from 'node:fs';
import { isRecord } from '../source/record.ts';
import { isNoteOf, readCheckpoint } from './checkpoint.ts';
import { rootOf, treeFrom } from './tree.ts';
import type { VerifierKey } from './verifier-key.ts';
import { startWalk, type Walk } from './verify/walk.ts';

/** As canonical JSON begins it. */
const BEGINNING = '\n{"kind":"checkpoint",';
/** A larger file is read from its beginning. */
const MOST_BYTES = 128 * 1024 * 1024;

/** A walk that begins at the last checkpoint of a file, and where that is: its signature stands for everything before it. */
export function walkFromCheckpoint(
  handle: number,
  bytes: number,
  keys: readonly VerifierKey[],
): { walk: Walk; offset: number } | undefined {
  if (bytes > MOST_BYTES) return undefined;
  const buffer = Buffer.allocUnsafe(bytes);
  const whole = buffer.subarray(0, readSync(handle, buffer, 0, bytes, 0));
  const offset = whole.lastIndexOf(BEGINNING) + 1;
  const end = whole.indexOf(10, offset);
  if (offset === 0 || end < 0) return undefined;
  const walk = walkFrom(whole.toString('utf8', offset, end), keys);
  return walk && { walk, offset };
}

function walkFrom(line: string, keys: readonly VerifierKey[]): Walk | undefined {
  const record = parsed(line);
  if (!isRecord(record)) return undefined;
  const { note, peaks, prev, seq } = record;
  const read = readCheckpoint(note);
  const tree = treeFrom(Number(seq), peaks);
  const key = read && keys.find((each) => isNoteOf(each, read));
  if (!key || !tree || typeof prev !== 'string') return undefined;
  const { origin, size, root } = read.checkpoint;
  if (size !== tree.size || !rootOf(tree).equals(root)) return undefined;
  // What comes first here is not the first line of anything.
  return { ...startWalk(), origin, seq: size, prev, tree, keys: [{ key, signatures: 1 }], signed: size, lines: 1 };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
