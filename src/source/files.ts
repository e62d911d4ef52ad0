import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Loaded } from '../model/place.ts';
import { readText } from './read.ts';

export interface Entry {
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

/** Where files are read from: the disk as it is, or a revision of a repository. Paths are absolute. */
export interface Files {
  /** `shown` is how messages name it; `most`: bytes, where more than a manifest's are expected. */
  read(path: string, shown: string, most?: number): Loaded<string>;
  has(path: string): boolean;
  isFolder(path: string): boolean;
  /** The path with symbolic links followed, as far as it exists: one name for each file. */
  real(path: string): string;
  /** What lies in a folder; undefined: it is none, or cannot be listed. */
  entries(folder: string): Entry[] | undefined;
}

export const onDisk: Files = {
  read: readText,
  has: existsSync,
  isFolder(path) {
    try {
      return statSync(path).isDirectory();
    } catch {
      // Whatever is wrong with it, reading it says so.
      return false;
    }
  },
  real(path) {
    try {
      return realpathSync.native(path);
    } catch {
      const parent = dirname(path);
      return parent === path ? path : resolve(onDisk.real(parent), relative(parent, path));
    }
  },
  entries(folder) {
    try {
      return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : entry.isFile() ? 'file' : 'other',
      }));
    } catch {
      return undefined;
    }
  },
};
