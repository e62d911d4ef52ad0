import { posix } from 'node:path';
import type { Entry } from '../source/files.ts';
import type { Blob } from './tree.ts';

/** What lies in each folder, by its path; the root's is empty. A submodule is the folder that it is checked out as. */
export function foldersOf(tree: ReadonlyMap<string, Pick<Blob, 'kind'>>): Map<string, Entry[]> {
  const folders = new Map<string, Entry[]>([['', []]]);
  const folder = (path: string): Entry[] => {
    const known = folders.get(path);
    if (known) return known;
    const made: Entry[] = [];
    folders.set(path, made);
    folder(parent(path)).push({ name: posix.basename(path), kind: 'folder' });
    return made;
  };
  for (const [path, { kind }] of tree) {
    if (kind === 'submodule') folder(path);
    else folder(parent(path)).push({ name: posix.basename(path), kind });
  }
  return folders;
}

const parent = (path: string): string => (path.includes('/') ? posix.dirname(path) : '');
