import { dirname, join, resolve } from 'node:path';
import { type Files, onDisk } from '../source/files.ts';

export const CONFIG_FILES = ['stakes.config.yaml', 'stakes.config.yml', 'stakes.config.json'] as const;

/** The configuration nearest to a folder, looked for upwards to the root and no further. */
export function findConfig(folder: string, root: string, from: Pick<Files, 'has'> = onDisk): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = CONFIG_FILES.map((name) => join(at, name)).find((path) => from.has(path));
    if (found) return found;
    if (at === resolve(root) || dirname(at) === at) return undefined;
  }
}
