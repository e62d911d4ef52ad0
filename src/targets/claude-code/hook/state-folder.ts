import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

export interface Machine {
  platform: string;
  env: Record<string, string | undefined>;
  /** Home of the user. */
  home: string;
}

/** Undefined where the machine names no folder for it. */
export function stateFolder({ platform, env, home }: Machine): string | undefined {
  const named = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  if (named !== undefined && isAbsolute(named)) return join(named, 'stakes', 'counters');
  if (platform === 'win32' || !isAbsolute(home)) return undefined;
  return join(home, '.local', 'state', 'stakes', 'counters');
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
