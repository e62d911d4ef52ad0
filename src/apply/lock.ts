import { join } from 'node:path';
import { LOCK_FILE, lockText, parseLock } from '../bundle/lock.ts';
import type { Installed, Lock } from '../model/lock.ts';
import { sweep, writeWhole } from '../source/write-whole.ts';
import { inProject, readDestination } from './read.ts';

/** The lock of a bundle; undefined: there is none, or it is not one. */
export function lockIn(bundle: string): Lock | undefined {
  const read = readDestination(inProject(bundle, LOCK_FILE, LOCK_FILE));
  if (read.state !== 'ok' || !read.value.bytes) return undefined;
  return parseLock(read.value.bytes.toString('utf8'));
}

/** Does something lie in the place of the lock that is none: damaged, not to be read, or of a newer format? */
export function isLockBroken(bundle: string): boolean {
  const read = readDestination(inProject(bundle, LOCK_FILE, LOCK_FILE));
  if (read.state !== 'ok') return true;
  return read.value.bytes !== undefined && parseLock(read.value.bytes.toString('utf8')) === undefined;
}

/** Says in the lock what is installed; undefined: nothing any more. */
export function record(bundle: string, key: string, item: Installed | undefined): void {
  const lock = lockIn(bundle);
  if (!lock) throw new Error(`the lock of \`${bundle}\` went away while it was needed`);
  const { [key]: _, ...others } = lock.installed ?? {};
  const installed = item === undefined ? others : { ...others, [key]: item };
  const text = lockText({ ...lock, installed });
  if (text === lockText(lock)) return;
  const full = join(bundle, LOCK_FILE);
  sweep(full);
  writeWhole(full, text, { mode: 0o644, exact: true, flushed: true });
}
