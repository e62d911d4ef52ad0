import { isAbsolute, relative, sep } from 'node:path';
import { type Files, onDisk } from '../source/files.ts';

/** A path as people see it: relative to where they are, with `/`. */
export function shownAs(path: string, cwd: string): string {
  const steps = relative(cwd, path);
  return (steps === '' ? '.' : steps).split(sep).join('/');
}

/** Does the path stay below the folder, symbolic links followed? */
export function isInside(folder: string, path: string, { real }: Pick<Files, 'real'> = onDisk): boolean {
  const steps = relative(real(folder), real(path));
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}
