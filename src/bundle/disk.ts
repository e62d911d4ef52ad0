import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Lock } from '../model/lock.ts';
import type { EmittedFile } from '../targets/define.ts';
import { digest, LOCK_FILE, parseLock } from './lock.ts';
import type { Plan } from './plan.ts';

/** How a bundle on disk stands against what would be generated now. */
export interface Standing {
  folder: string;
  lock: Lock | undefined;
  /** Files that differ from what the lock recorded, or that lie where a file would be written without a lock. */
  edited: string[];
  /** Recorded files that are gone. */
  gone: string[];
  /** Files whose content would change. */
  outdated: string[];
}

export function standingOf(folder: string, plan: Plan): Standing {
  const lockText = readIfFile(join(folder, LOCK_FILE));
  const lock = lockText === undefined ? undefined : parseLock(lockText.toString('utf8'));
  const standing: Standing = { folder, lock, edited: [], gone: [], outdated: [] };
  const planned = new Map(plan.files.map((file) => [file.path, digest(file.content)]));
  for (const path of new Set([...Object.keys(lock?.files ?? {}), ...planned.keys()])) {
    if (path === LOCK_FILE) continue;
    const content = readIfFile(join(folder, path));
    const now = content === undefined ? undefined : digest(content);
    const recorded = lock?.files[path];
    if (now === undefined && recorded !== undefined) standing.gone.push(path);
    if (now !== undefined && now !== recorded && now !== planned.get(path)) standing.edited.push(path);
    if (now !== planned.get(path)) standing.outdated.push(path);
  }
  if (lockText !== undefined && lock === undefined) standing.edited.push(LOCK_FILE);
  return standing;
}

/** Writes what changed, each file whole or not at all; removes recorded files that are no longer made. The lock comes last. */
export function writeBundle(folder: string, plan: Plan, { outdated }: Standing): string[] {
  const written: string[] = [];
  for (const file of plan.files) {
    if (file.path !== LOCK_FILE && !outdated.includes(file.path)) continue;
    writeWhole(folder, file);
    written.push(file.path);
  }
  for (const path of outdated) {
    if (plan.files.some((file) => file.path === path)) continue;
    rmSync(join(folder, path), { force: true });
    removeIfEmpty(dirname(join(folder, path)));
  }
  return written;
}

function writeWhole(folder: string, { path, content, executable }: EmittedFile): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  const draft = `${full}.${process.pid}.tmp`;
  writeFileSync(draft, content, { mode: executable ? 0o755 : 0o644 });
  if (executable) chmodSync(draft, 0o755);
  renameSync(draft, full);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone already: both are fine.
  }
}

function readIfFile(path: string): Buffer | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  return readFileSync(path);
}
