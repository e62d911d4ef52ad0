import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** A path as people see it: relative to where they are, with `/`. */
export function shownAs(path: string, cwd: string): string {
  const steps = relative(cwd, path);
  return (steps === '' ? '.' : steps).split(sep).join('/');
}

/** Does the path stay below the folder, symbolic links followed? */
export function isInside(folder: string, path: string): boolean {
  const steps = relative(real(folder), real(path));
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

/** The path with symbolic links followed, as far as it exists: one name for each file. */
export function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(real(parent), relative(parent, path));
  }
}
