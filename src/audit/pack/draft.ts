import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders, missingFolders } from '../../source/folders.ts';

/** A folder that is being filled; it knows the digest of every file. */
export interface Draft {
  folder: string;
  add(path: string, content: string): void;
  /** A file that comes in pieces. */
  begin(path: string): { write(piece: string | Uint8Array): void; end(): void };
  /** Hexadecimal SHA-256 by path. */
  sums: ReadonlyMap<string, string>;
}

/** Records can hold what is about people: others are let in by whoever hands the pack on. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Throws what the system says. */
export function draftIn(folder: string): Draft {
  const sums = new Map<string, string>();
  const begin: Draft['begin'] = (path) => {
    const full = join(folder, path);
    makeFolders(missingFolders(full), FOLDER_MODE);
    const hash = createHash('sha256');
    const handle = openSync(full, 'wx', FILE_MODE);
    return {
      write(piece) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        hash.update(bytes);
        for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      },
      end() {
        closeSync(handle);
        sums.set(path, hash.digest('hex'));
      },
    };
  };
  makeFolders([...missingFolders(folder), folder], FOLDER_MODE);
  return {
    folder,
    sums,
    begin,
    add(path, content) {
      const file = begin(path);
      file.write(content);
      file.end();
    },
  };
}

/** Of everything that is in the folder, by name; as `sha256sum -c` takes it. */
export function sumsText(sums: ReadonlyMap<string, string>): string {
  const names = [...sums.keys()].sort();
  return names.map((name) => `${sums.get(name)}  ${name}\n`).join('');
}
