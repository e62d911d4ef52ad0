import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How a file is written. */
export interface Manner {
  /** Permission bits. */
  mode?: number;
  /** With all of these bits, whatever the umask. */
  exact?: boolean;
  /** Whose it stays, where the system lets us. */
  owner?: { uid: number; gid: number } | undefined;
  /** On the disk before it is in its place, to outlast a power failure. */
  flushed?: boolean;
}

/** A file beside its place, complete; `put` moves it there, `drop` gives it up. */
export interface Draft {
  put(): void;
  drop(): void;
}

export function draftOf(
  full: string,
  content: string | Uint8Array,
  { mode = 0o666, exact = false, owner, flushed = false }: Manner = {},
): Draft {
  const path = `${full}.${randomBytes(6).toString('hex')}.tmp`;
  // `wx`: a link that lies where the draft goes is not written through.
  const handle = openSync(path, 'wx', mode);
  const drop = () => rmSync(path, { force: true });
  const orDrop = (step: () => void) => {
    try {
      step();
    } catch (error) {
      drop();
      throw error;
    }
  };
  orDrop(() => {
    try {
      writeFileSync(handle, content);
      if (exact) fchmodSync(handle, mode);
      if (flushed) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
  if (owner) keepOwner(path, owner);
  return {
    put: () => {
      orDrop(() => renameSync(path, full));
      if (flushed) syncFolder(dirname(full));
    },
    drop,
  };
}

/** Whole or not at all: killed at any point, it leaves the old bytes or the new ones. A link in its place is replaced. */
export function writeWhole(full: string, content: string | Uint8Array, manner?: Manner): void {
  draftOf(full, content, manner).put();
}

/** Removes drafts of runs that were killed. */
export function sweep(full: string): void {
  const left = new RegExp(`^${escaped(basename(full))}\\.[0-9a-f]{12}\\.tmp$`);
  const folder = dirname(full);
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (left.test(name)) rmSync(join(folder, name), { force: true });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Only who may give files away can keep another's; everyone else's files are their own. */
function keepOwner(path: string, { uid, gid }: NonNullable<Manner['owner']>): void {
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
