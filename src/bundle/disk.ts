import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Lock } from '../model/lock.ts';
import { makeFolders, missingFolders, removeIfEmpty } from '../source/folders.ts';
import { writeWhole } from '../source/write-whole.ts';
import type { EmittedFile } from '../targets/define.ts';
import { digest, LOCK_FILE, lockText, parseLock } from './lock.ts';
import { obstacleOn } from './obstacles.ts';
import type { Plan } from './plan.ts';

/** What is generated from a manifest of the largest size is far smaller. */
const MOST_BYTES = 32 * 1024 * 1024;

/** How a bundle on disk stands against what would be generated now. */
export interface Standing {
  folder: string;
  /** What stands where a file or a folder of the bundle belongs; with any, nothing may be written. */
  obstacles: { path: string; kind: string }[];
  lock: Lock | undefined;
  /** Files that differ from what the lock recorded, or that lie where a file would be written without a lock. */
  edited: string[];
  /** Recorded files that are gone. */
  gone: string[];
  /** Files whose content would change. */
  outdated: string[];
}

/** `bundle` is the path of the bundle below a folder that is trusted to be where it seems, with `/`. */
export function standingOf(below: string, bundle: string, plan: Plan): Standing {
  const folder = join(below, bundle);
  const standing: Standing = { folder, obstacles: [], lock: undefined, edited: [], gone: [], outdated: [] };
  const read = (path: string): Buffer | undefined => {
    const obstacle = obstacleOn(below, `${bundle}/${path}`);
    if (!obstacle) return readIfThere(join(folder, path));
    if (!standing.obstacles.some((other) => other.path === obstacle.path)) standing.obstacles.push(obstacle);
    return undefined;
  };
  const lockText = read(LOCK_FILE);
  const lock = lockText === undefined ? undefined : parseLock(lockText.toString('utf8'));
  standing.lock = lock;
  const planned = new Map(plan.files.map((file) => [file.path, digest(file.content)]));
  for (const path of new Set([...Object.keys(lock?.files ?? {}), ...planned.keys()])) {
    if (path === LOCK_FILE) continue;
    const content = read(path);
    const now = content === undefined ? undefined : digest(content);
    const recorded = lock?.files[path];
    if (now === undefined && recorded !== undefined) standing.gone.push(path);
    if (now !== undefined && now !== recorded && now !== planned.get(path)) standing.edited.push(path);
    if (now !== planned.get(path)) standing.outdated.push(path);
  }
  if (lockText !== undefined && lock === undefined) standing.edited.push(LOCK_FILE);
  return standing;
}

/** A refusal of the file system, in words; any other error is thrown on. */
export function diskComplaint(error: unknown): string {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
  const words = COMPLAINTS[String(error.code)];
  return words ?? `the system refuses it (${error.code})`;
}

const COMPLAINTS: Readonly<Record<string, string>> = {
  ENOENT: 'a part of the path cannot be made',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
};

/** Writes what changed, each file whole or not at all; removes recorded files that are no longer made. The lock comes last, and keeps what was installed. */
export function writeBundle(folder: string, plan: Plan, { outdated, lock }: Standing): string[] {
  const written: string[] = [];
  const kept = lock?.installed === undefined ? {} : { installed: lock.installed };
  for (const file of plan.files) {
    if (file.path !== LOCK_FILE && !outdated.includes(file.path)) continue;
    writeFile(folder, file.path === LOCK_FILE ? { ...file, content: lockText({ ...plan.lock, ...kept }) } : file);
    written.push(file.path);
  }
  for (const path of outdated) {
    if (plan.files.some((file) => file.path === path)) continue;
    rmSync(join(folder, path), { force: true });
    for (let left = dirname(path); left !== '.'; left = dirname(left)) removeIfEmpty(join(folder, left));
  }
  return written;
}

function writeFile(folder: string, { path, content, executable }: EmittedFile): void {
  const full = join(folder, path);
  makeFolders(missingFolders(full));
  writeWhole(full, content, executable ? { mode: 0o755, exact: true } : { mode: 0o644 });
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return startOf(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of a larger file the start is enough: no file that is generated has as many bytes, so it is another. */
function startOf(path: string): Buffer {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(handle);
    if (size <= MOST_BYTES) return readFileSync(handle);
    const start = Buffer.alloc(MOST_BYTES + 1);
    readSync(handle, start, 0, start.length, 0);
    return start;
  } finally {
    closeSync(handle);
  }
}
