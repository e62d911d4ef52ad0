import { chmodSync, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Folders that are missing on the way to a file, the outermost first. */
export function missingFolders(full: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(full); !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder))
    missing.unshift(folder);
  return missing;
}

/** Not `recursive`: below `/proc` and the like, that never comes back. With `mode` they get all of its bits, whatever the umask. */
export function makeFolders(folders: readonly string[], mode?: number): void {
  for (const folder of folders) {
    mkdirSync(folder, { mode });
    if (mode !== undefined) chmodSync(folder, mode);
  }
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone already: both are fine.
  }
}
