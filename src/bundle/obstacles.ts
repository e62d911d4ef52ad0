import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/**
 * The first thing on the way to a file that is neither a folder of its own nor, at the end, a plain file. Whoever commits a
 * link could otherwise have files written, or removed, anywhere. `below` is trusted; the path under it is not.
 */
export function obstacleOn(below: string, path: string): { path: string; kind: string } | undefined {
  const steps = path.split('/').filter((step) => step !== '');
  for (const [i] of steps.entries()) {
    const here = steps.slice(0, i + 1).join('/');
    const stat = lstatSync(join(below, here), { throwIfNoEntry: false });
    if (!stat) return undefined;
    const isLast = i === steps.length - 1;
    if (isLast ? !stat.isFile() : !stat.isDirectory()) return { path: here, kind: kindOf(stat) };
  }
  return undefined;
}

function kindOf(stat: Stats): string {
  if (stat.isSymbolicLink()) return 'a symbolic link';
  if (stat.isDirectory()) return 'a folder';
  return stat.isFile() ? 'a file' : 'neither a file nor a folder';
}
