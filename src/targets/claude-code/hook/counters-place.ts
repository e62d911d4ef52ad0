import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { type Machine, stateFolder } from '../../../source/state-folder.ts';

/** Undefined where the machine names no folder for it. */
export function countersFolder(machine: Machine): string | undefined {
  const state = stateFolder(machine);
  return state === undefined ? undefined : join(state, 'counters');
}

/** Does the folder lie where an agent works that has this bundle? `bundle` is a real path; a link may lead there. */
export function isExposed(folder: string, bundle: string, home: string): boolean {
  const project = basename(dirname(bundle)) === '.stakes' ? dirname(dirname(bundle)) : bundle;
  const real = realPath(folder);
  const ours = join('.local', 'state', 'stakes', 'counters');
  // In a project that is the home folder, the rules protect the place where it lies unless told otherwise.
  const isHome = isAbsolute(home) && folder === join(home, ours) && real === join(realPath(home), ours);
  return !isHome && [folder, real].some((path) => path.startsWith(join(project, sep)));
}

/** Of a path that is not there yet, its folders that are count. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

/** One file for each place that a policy lies in, so that no session and no working directory has a count of its own. */
export function countersName(agent: string, bundle: string): string {
  const place = createHash('sha256').update(bundle).digest('hex').slice(0, 16);
  return `${agent.replace(/[^A-Za-z0-9-]/g, '_').slice(0, 60)}-${place}.json`;
}
