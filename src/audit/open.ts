import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StartRecord } from '../model/record.ts';
import { faultOf } from '../source/fault-code.ts';
import { lock } from '../source/process-lock.ts';
import { LogFault } from './fault.ts';
import { createSegment, type LogFile, openSegment } from './file.ts';
import { leafHash, linkTo, NOTHING } from './hash.ts';
import { heal } from './heal.ts';
import { type At, type Said, segmentLine } from './lines.ts';
import { type Resumed, resumeClosed, resumeKilled } from './resume.ts';
import { type SegmentFile, segmentsIn } from './segments.ts';
import { nextKey, openKey, pendingKey, putNext, type SigningKey } from './signing-key.ts';
import { grow, noTree, peaksText, rootOf, type Tree } from './tree.ts';
import { isName, keyText, type VerifierKey } from './verifier-key.ts';

export interface Place {
  folder: string;
  keys: string;
  origin: string;
  /** Milliseconds to wait for another writer to end. */
  patience?: number;
}

/** All that a pen needs to go on. */
export interface Parts {
  file: LogFile;
  tree: Tree;
  prev: string;
  key: SigningKey;
  /** Takes over after the next signature. */
  next: SigningKey | undefined;
  found: Said<StartRecord>;
  release: () => void;
}

const PATIENCE = 1000;

/** Finds or makes everything, under the lock of the log. Throws `LogFault`, and holds nothing then. */
export function openParts(place: Place, durable: boolean, now: () => number): Parts {
  const { folder, origin, patience = PATIENCE } = place;
  if (!isName(origin))
    throw new LogFault(
      'bad-origin',
      'the name of a log has no spaces and no plus in it, and at most 200 plain characters',
      'such as `example.com/refund-desk`',
    );
  const held = locked(folder, patience);
  try {
    return { ...partsIn(place, durable, now), release: held };
  } catch (error) {
    held();
    if (error instanceof LogFault) throw error;
    throw new LogFault(
      'not-written',
      `no record can be written in \`${folder}\` (${faultOf(error)})`,
      'make the folder writable',
    );
  }
}

function locked(folder: string, patience: number): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new LogFault(
      'not-written',
      `\`${folder}\` cannot be written (${faultOf(error)})`,
      'make the folder writable',
    );
  }
  const file = join(folder, 'lock');
  const held = lock(file, patience);
  if (held.ok) return held.release;
  if (held.fault === 'it is locked')
    throw new LogFault(
      'in-use',
      `another process writes to \`${folder}\``,
      `give each its own folder; if none is running, delete \`${file}\``,
    );
  throw new LogFault('not-written', `\`${file}\` cannot be written (${held.fault})`, 'make the folder writable');
}

function partsIn(place: Place, durable: boolean, now: () => number): Omit<Parts, 'release'> {
  const segments = segmentsIn(place.folder);
  const last = segments.at(-1);
  if (last === undefined) return freshParts(place, durable, now);
  const own = openKey(place.keys, place.origin, false);
  const resumed = resumeClosed(last, own.key) ?? resumeKilled(last, keysOf(place, own));
  if (resumed === undefined) {
    // Its header is written whole before anything else: no line of it was ever told to be written.
    heal(last.path, 0);
    rmSync(last.path);
    return partsIn(place, durable, now);
  }
  return resumedParts(place, last, resumed, own, durable);
}

/** Those that may have signed last. */
function keysOf({ keys, origin }: Place, { key }: SigningKey): VerifierKey[] {
  const pending = pendingKey(keys, origin);
  return pending ? [key, pending.key] : [key];
}

function resumedParts(
  { folder, keys, origin }: Place,
  { number, path }: SegmentFile,
  { bytes, unsigned, ...resumed }: Resumed,
  own: SigningKey,
  durable: boolean,
): Omit<Parts, 'release'> {
  if (resumed.origin !== origin)
    throw new LogFault(
      'other-log',
      `\`${folder}\` holds the log of \`${resumed.origin}\``,
      'give each log its own folder',
    );
  const signing = [own, pendingKey(keys, origin)].find((key) => key?.key.raw.equals(resumed.key.raw));
  if (signing === undefined)
    throw new LogFault(
      'other-key',
      `\`${path}\` was signed by another key than the one in \`${keys}\``,
      'bring its key back, or start a new log in another folder',
    );
  if (signing !== own) putNext(keys, signing);
  const next = resumed.next === undefined ? undefined : nextKey(keys, origin);
  if (next !== undefined && resumed.next?.raw.equals(next.key.raw) !== true)
    throw new LogFault(
      'other-key',
      `the log hands over to a key that is not in \`${keys}\``,
      'bring it back, or start a new log in another folder',
    );
  const torn = heal(path, bytes);
  const file = openSegment(folder, number, bytes, durable);
  return { file, tree: resumed.tree, prev: resumed.prev, key: signing, next, found: { unsigned, torn } };
}

function freshParts({ folder, keys, origin }: Place, durable: boolean, now: () => number): Omit<Parts, 'release'> {
  const key = openKey(keys, origin, true);
  const tree = noTree();
  const at = { prev: NOTHING, seq: 0, time: new Date(now()).toISOString() };
  const { file, prev } = beginSegment({ folder, origin, number: 1, key, tree, durable }, at);
  return { file, tree, prev, key, next: undefined, found: { unsigned: 0, torn: null } };
}

export interface NewSegment {
  folder: string;
  origin: string;
  number: number;
  key: SigningKey;
  tree: Tree;
  durable: boolean;
}

/** A new file with its header, which is in the tree then. Throws `LogFault`, and changes nothing then. */
export function beginSegment(
  { folder, origin, number, key, tree, durable }: NewSegment,
  at: At,
): { file: LogFile; prev: string } {
  const root = rootOf(tree).toString('base64');
  const line = segmentLine({ key: keyText(key.key), origin, peaks: peaksText(tree), root, segment: number }, at);
  const file = createSegment(folder, number, Buffer.from(`${line}\n`), durable);
  const leaf = leafHash(`\0${line}`);
  grow(tree, leaf);
  return { file, prev: linkTo(leaf) };
}
