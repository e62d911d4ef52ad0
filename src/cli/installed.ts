import { sep } from 'node:path';
import type { Repository } from '../revision/git.ts';
import { type Files, onDisk } from '../source/files.ts';

/** The files of a revision, with packages as they are installed: hardly anybody commits those. */
export function withInstalled(files: Files, repository: Repository): Files {
  const known = new Map<string, boolean>();
  /** What is tracked is not installed: somebody could have committed a package of that name. */
  const isInstalled = (path: string): boolean => {
    if (!path.includes(`${sep}node_modules${sep}`) || files.has(path) || !onDisk.has(path)) return false;
    const told = known.get(path);
    if (told !== undefined) return told;
    const tracked = repository.run(['ls-files', '-z', '--', `:(literal)${path}`]);
    const isOurs = tracked.ok && tracked.out.length === 0;
    known.set(path, isOurs);
    return isOurs;
  };
  const at = (path: string) => (isInstalled(path) ? onDisk : files);
  return {
    read: (path, shown) => at(path).read(path, shown),
    has: (path) => files.has(path) || isInstalled(path),
    isFolder: (path) => files.isFolder(path),
    real: (path) => at(path).real(path),
    entries: (path) => files.entries(path),
  };
}
