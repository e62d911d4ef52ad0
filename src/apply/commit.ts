import { chmodSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { digest } from '../bundle/lock.ts';
import type { Installed, Owned } from '../model/lock.ts';
import type { Problem } from '../model/place.ts';
import { makeFolders, missingFolders, removeIfEmpty } from '../source/folders.ts';
import { lock } from '../source/process-lock.ts';
import { type Draft, draftOf, sweep, writeWhole } from '../source/write-whole.ts';
import { type Change, changesFile } from './change.ts';
import { lockIn, record } from './lock.ts';
import { type Content, type Destination, readDestination, recordedFolder } from './read.ts';
import { busy, changedMeanwhile, noState, readOnly, unwritable } from './refusals.ts';
import { backupPath, lockPath } from './state.ts';

export interface Places {
  /** Folder of the bundle, whose lock is written. */
  bundle: string;
  /** Where backups go; undefined: the environment does not say. */
  state: string | undefined;
}

/**
 * Writes a change: backup, lock, file, lock. Killed at any point it leaves the old bytes or the new ones, and a lock that
 * tells which. Returns why nothing was written.
 */
export function commit(change: Change, places: Places): Problem | undefined {
  const { shown } = change.destination;
  // Without a folder for it, a change that needs a backup is refused anyway.
  if (places.state === undefined) return carryOut(change, places);
  try {
    const file = lockPath(places.state, places.bundle);
    makeFolders(missingFolders(file), 0o700);
    const held = lock(file);
    if (!held.ok) return busy(shown, file);
    try {
      return carryOut(change, places);
    } finally {
      held.release();
    }
  } catch (error) {
    return unwritable(shown, error);
  }
}

/** One at a time for each bundle: its lock is read, changed and written. */
function carryOut(change: Change, { bundle, state }: Places): Problem | undefined {
  const { shown, full } = change.destination;
  try {
    // The file may have been read after another run wrote it, and the lock before.
    if (!isDeepStrictEqual(lockIn(bundle)?.installed?.[change.key], change.previous)) return changedMeanwhile(shown);
    if (!changesFile(change)) {
      if (change.keep && state !== undefined) keepOriginal(backupPath(state, full, digest(change.keep)), change.keep);
      record(bundle, change.key, change.record);
      return undefined;
    }
    if (isChanged(change)) return changedMeanwhile(shown);
    if (isLockedAway(change)) return readOnly(shown);
    sweep(full);
    if (change.keep) {
      if (state === undefined) return noState(shown);
      keepOriginal(backupPath(state, full, digest(change.keep)), change.keep);
    }
    return change.record ? install(change, change.record, bundle) : takeBack(change, { bundle, state });
  } catch (error) {
    return unwritable(shown, error);
  }
}

function install(change: Change, installed: Installed, bundle: string): Problem | undefined {
  const { key, destination, from, to, previous } = change;
  if (!to) throw new Error('an installed file has content');
  const pending = { from: from.bytes === undefined ? null : digest(from.bytes) };
  record(bundle, key, { ...installed, owns: union(previous?.owns ?? [], installed.owns), pending });
  const folders = missingFolders(destination.full);
  const giveUp = () => {
    for (const folder of folders.toReversed()) removeIfEmpty(folder);
    record(bundle, key, previous);
  };
  try {
    makeFolders(folders, 0o755);
    const draft = draftBeside(destination, from, to);
    if (isChanged(change)) {
      draft.drop();
      giveUp();
      return changedMeanwhile(destination.shown);
    }
    draft.put();
  } catch (error) {
    giveUp();
    throw error;
  }
  record(bundle, key, installed);
  return undefined;
}

function takeBack(change: Change, { bundle, state }: Places): Problem | undefined {
  const { key, destination, from, to, previous } = change;
  if (to) {
    const draft = draftBeside(destination, from, to);
    if (isChanged(change)) {
      draft.drop();
      return changedMeanwhile(destination.shown);
    }
    draft.put();
  } else removeWithFolders(destination, previous?.folders ?? []);
  record(bundle, key, undefined);
  // Of a file that is back as it was, nobody needs a second copy.
  if (state !== undefined && change.way === 'bytes' && previous?.before != null)
    rmSync(backupPath(state, destination.full, previous.before), { force: true });
  return undefined;
}

function draftBeside({ full }: Destination, { mode, owner }: Content, to: Uint8Array): Draft {
  return draftOf(full, to, { mode, owner, exact: true, flushed: true });
}

function removeWithFolders(destination: Destination, made: readonly string[]): void {
  rmSync(destination.full, { force: true });
  // Only folders on the way to the file, whatever the lock says, and only empty ones.
  for (let folder = dirname(destination.full); dirname(folder) !== folder; folder = dirname(folder)) {
    if (!made.includes(recordedFolder(destination, folder))) return;
    removeIfEmpty(folder);
  }
}

function isChanged({ destination, from }: Change): boolean {
  const now = readDestination(destination);
  if (now.state !== 'ok') return true;
  const { bytes } = now.value;
  return bytes === undefined || from.bytes === undefined ? bytes !== from.bytes : !bytes.equals(from.bytes);
}

/** By the bits, and not by trying: a rename would replace a file that is not to be written. */
function isLockedAway({ destination, from }: Change): boolean {
  const folder = statSync(dirname(destination.full), { throwIfNoEntry: false });
  return (
    (from.bytes !== undefined && (from.mode & 0o222) === 0) || (folder !== undefined && (folder.mode & 0o222) === 0)
  );
}

function keepOriginal(path: string, bytes: Buffer): void {
  makeFolders(missingFolders(path), 0o700);
  chmodSync(dirname(path), 0o700);
  writeWhole(path, bytes, { mode: 0o600, exact: true, flushed: true });
}

function union(a: readonly Owned[], b: readonly Owned[]): Owned[] {
  return [...new Map([...a, ...b].map((item) => [JSON.stringify(item), item])).values()];
}
