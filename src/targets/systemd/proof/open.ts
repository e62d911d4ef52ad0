import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Lets everybody read and write a folder and all below it. */
export function openFolders(folder: string): void {
  chmodSync(folder, 0o777);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openFolders(path);
    else if (entry.isFile()) chmodSync(path, 0o666);
  }
}
