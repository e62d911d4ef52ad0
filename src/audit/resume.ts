import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isRecord } from '../source/record.ts';
import { isNoteOf, readCheckpoint } from './checkpoint.ts';
import { LogFault } from './fault.ts';
import { leafHash, linkTo } from './hash.ts';
import { walkFromCheckpoint } from './last-checkpoint.ts';
import { linesOf } from './read-lines.ts';
import type { SegmentFile } from './segments.ts';
import { grow, rootOf, type Tree, treeFrom } from './tree.ts';
import type { VerifierKey } from './verifier-key.ts';
import { type Found, kinds } from './verify/kinds.ts';
import { take } from './verify/take.ts';
import { startWalk, type Walk } from './verify/walk.ts';

/** Where a log goes on. */
export interface Resumed {
  origin: string;
  tree: Tree;
  prev: string;
  /** The key that has to sign next, and the one that it was about to hand over to. */
  key: VerifierKey;
  next: VerifierKey | undefined;
  /** Bytes of the last file that hold whole lines. */
  bytes: number;
  /** Lines at the end that are under no signature. */
  unsigned: number;
}

const TAIL = 64 * 1024;

/** A log that was closed ends with a checkpoint and a signature over it: that is enough to go on from. Undefined: it was not. */
export function resumeClosed({ path }: SegmentFile, key: VerifierKey): Resumed | undefined {
  const handle = openSync(path, 'r');
  try {
    const bytes = fstatSync(handle).size;
    const buffer = Buffer.alloc(Math.min(TAIL, bytes));
    readSync(handle, buffer, 0, buffer.length, bytes - buffer.length);
    const [before, last, after] = buffer.toString('utf8').split('\n').slice(-3);
    if (after !== '' || before === undefined || last === undefined) return undefined;
    return closedWith(before, last, key, bytes);
  } catch {
    return undefined;
  } finally {
    closeSync(handle);
  }
}

function closedWith(before: string, last: string, key: VerifierKey, bytes: number): Resumed | undefined {
  const [checkpoint, signature] = [JSON.parse(before), JSON.parse(last)] as [unknown, unknown];
  if (!isRecord(checkpoint) || !isRecord(signature)) return undefined;
  const read = readCheckpoint(checkpoint.note);
  const tree = treeFrom(Number(checkpoint.seq), checkpoint.peaks);
  if (read === undefined || tree === undefined || !isNoteOf(key, read)) return undefined;
  const { origin, size, root } = read.checkpoint;
  if (size !== tree.size || !rootOf(tree).equals(root)) return undefined;
  if (
    signature.kind !== 'signature' ||
    signature.prev !== linkTo(leafHash(`\0${before}`)) ||
    signature.seq !== size + 1
  )
    return undefined;
  const walk = { ...startWalk(), keys: [{ key, signatures: 0 }] };
  kinds.signature(walk, signature as Found, { file: '', line: null });
  if (walk.errors > 0 || walk.signed !== size + 2) return undefined;
  for (const line of [before, last]) grow(tree, leafHash(`\0${line}`));
  return { origin, tree, prev: linkTo(leafHash(`\0${last}`)), key, next: undefined, bytes, unsigned: 0 };
}

/**
 * A log whose writer was killed: what came after its last checkpoint is read and checked, or all of its last file. Undefined:
 * there is no whole line in it. Throws `LogFault`.
 */
export function resumeKilled({ path }: SegmentFile, keys: readonly VerifierKey[]): Resumed | undefined {
  const handle = openSync(path, 'r');
  try {
    const from = walkFromCheckpoint(handle, fstatSync(handle).size, keys) ?? { walk: startWalk(), offset: 0 };
    return resumedFrom(from.walk, path, readRest(from.walk, path, handle, from.offset));
  } finally {
    closeSync(handle);
  }
}

/** To the last whole line, and how many bytes that are. */
function readRest(walk: Walk, path: string, handle: number, offset: number): number {
  let bytes = offset;
  // Counted from where it begins; only the first line of the file may be its header.
  let line = offset === 0 ? 0 : 1;
  for (const next of linesOf(handle, offset)) {
    line++;
    if (next.state === 'torn' || !take(walk, next, { file: path, line })) break;
    bytes = next.offset + next.marked.length;
  }
  return bytes;
}

function resumedFrom(walk: Walk, path: string, bytes: number): Resumed | undefined {
  const [wrong] = walk.findings.filter(({ severity }) => severity === 'error');
  const used = walk.keys.at(-1);
  if (wrong !== undefined)
    throw new LogFault(
      'damaged',
      `the log is damaged in \`${path}\`: ${wrong.message}`,
      '`stakes audit verify` shows all of it; keep the folder, and write to another one',
    );
  if (walk.lines === 0) return undefined;
  if (walk.origin === null || used === undefined || walk.tree === undefined)
    throw new LogFault('damaged', `\`${path}\` is no log of records`, 'keep the folder, and write to another one');
  const { origin, tree, prev, next, seq, signed } = walk;
  return { origin, tree, prev, key: used.key, next, bytes, unsigned: seq - signed };
}
