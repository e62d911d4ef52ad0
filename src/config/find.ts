import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const CONFIG_FILES = ['stakes.config.yaml', 'stakes.config.yml', 'stakes.config.json'] as const;

/** The configuration nearest to a folder, looked for upwards to the root and no further. */
export function findConfig(folder: string, root: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = CONFIG_FILES.map((name) => join(at, name)).find((path) => existsSync(path));
    if (found) return found;
    if (at === resolve(root) || dirname(at) === at) return undefined;
  }
}
