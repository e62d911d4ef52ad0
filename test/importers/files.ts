import { posix } from 'node:path';
import type { Entry, Files } from '../../src/source/files.ts';
import { decode } from '../../src/source/read.ts';

/** A project in memory, at `/project`. */
export function filesIn(texts: Readonly<Record<string, string>>): Files {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`/project/${path}`, text]));
  const folders = new Map<string, Entry[]>([['/project', []]]);
  const folder = (path: string): Entry[] => {
    const known = folders.get(path);
    if (known) return known;
    const made: Entry[] = [];
    folders.set(path, made);
    folder(posix.dirname(path)).push({ name: posix.basename(path), kind: 'folder' });
    return made;
  };
  for (const path of files.keys()) folder(posix.dirname(path)).push({ name: posix.basename(path), kind: 'file' });
  return {
    read(path, shown) {
      const text = files.get(posix.normalize(path));
      if (text !== undefined) return decode(Buffer.from(text), shown);
      return {
        state: 'missing',
        problems: [{ code: 'missing-file', message: `there is no file \`${shown}\``, file: shown }],
      };
    },
    has: (path) => files.has(path) || folders.has(path),
    isFolder: (path) => folders.has(path),
    real: (path) => path,
    entries: (path) => folders.get(path),
  };
}
