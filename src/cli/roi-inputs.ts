import { dirname, join, resolve } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded } from '../model/place.ts';
import type { RoiInputs } from '../roi/file/load.ts';
import { ROI_FILES } from '../roi/file/names.ts';
import { onDisk } from '../source/files.ts';
import type { Invocation } from './command.ts';
import { projectRoot } from './project-root.ts';

/** What the file that was named, or the nearest one up to the project's root, says of costs; `texts` takes it for code frames. */
export async function findRoiInputs(
  { assumptions }: Invocation['options'],
  cwd: string,
  texts: Map<string, string>,
): Promise<Loaded<RoiInputs | undefined>> {
  if (assumptions === false) return { state: 'ok', value: undefined };
  const path = typeof assumptions === 'string' ? resolve(cwd, assumptions) : nearest(cwd);
  if (path === undefined) return { state: 'ok', value: undefined };
  // Where there is no file, nothing that reads one is loaded.
  return (await import('../roi/file/load.ts')).loadRoiFile(path, shownAs(path, cwd), texts);
}

function nearest(cwd: string): string | undefined {
  const root = resolve(projectRoot(cwd) ?? cwd);
  for (let at = resolve(cwd); ; at = dirname(at)) {
    const found = ROI_FILES.map((name) => join(at, name)).find((path) => onDisk.has(path));
    if (found || at === root || dirname(at) === at) return found;
  }
}
