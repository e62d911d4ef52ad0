import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Content } from './read.ts';

/** A file beside its place, complete and on the disk; `put` moves it there, `drop` gives it up. */
export interface Draft {
  put(): void;
  drop(): void;
}

export function draftOf(full: string, bytes: Uint8Array, { mode, owner }: Pick<Content, 'mode' | 'owner'>): Draft {
  const path = `${full}.${randomBytes(6).toString('hex')}.tmp`;
  // `wx`: a link that lies where the draft goes is not written through.
  const handle = openSync(path, 'wx', mode);
  try {
    writeFileSync(handle, bytes);
    fchmodSync(handle, mode);
    fsyncSync(handle);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  if (owner) keepOwner(path, owner);
  return {
    put: () => {
      renameSync(path, full);
      syncFolder(dirname(full));
    },
    drop: () => rmSync(path, { force: true }),
  };
}

/** Drafts of runs that were killed. */
export function sweep(full: string): void {
  const left = new RegExp(`^${escaped(basename(full))}\\.[0-9a-f]{12}\\.tmp$`);
  const folder = dirname(full);
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (left.test(name)) rmSync(join(folder, name), { force: true });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function writeWhole(full: string, bytes: Uint8Array, mode = 0o644): void {
  draftOf(full, bytes, { mode, owner: undefined }).put();
}

/** Folders that are missing on the way, the outermost first. */
export function missingFolders(full: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(full); !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder))
    missing.unshift(folder);
  return missing;
}

export function makeFolders(folders: readonly string[], mode = 0o755): void {
  for (const folder of folders) {
    mkdirSync(folder, { mode });
    chmodSync(folder, mode);
  }
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone already: both are fine.
  }
}

/** Only who may give files away can keep another's; everyone else's files are their own. */
function keepOwner(path: string, { uid, gid }: NonNullable<Content['owner']>): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // The content matters more than whose it is.
  }
}

function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Some systems cannot; the rename itself is whole all the same.
  }
}
