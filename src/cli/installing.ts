import { platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkInstalled, type Hold } from '../apply/check.ts';
import { disbelief } from '../apply/claims.ts';
import { isLockBroken, lockIn } from '../apply/lock.ts';
import { type Destination, inProject, outside, readDestination } from '../apply/read.ts';
import { choiceOf } from '../apply/select.ts';
import { LOCK_FILE } from '../bundle/lock.ts';
import { obstacleOn } from '../bundle/obstacles.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Installed } from '../model/lock.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Installation } from '../targets/define.ts';
import { targets } from '../targets/registry.generated.ts';
import type { Prepared } from './bundles.ts';

/** Where an agent's files are. */
export interface Site {
  agent: string;
  /** The manifest. */
  file: string;
  /** Folder of the bundle. */
  bundle: string;
  /** The same, as people see it. */
  shown: string;
  /** The folder that project settings lie in. */
  project: string;
  cwd: string;
}

export function siteOf({ id, file }: Agent, out: string | undefined, cwd: string): Loaded<Site> {
  const project = file === '<stdin>' ? cwd : dirname(resolve(cwd, file));
  const below = out === undefined ? project : resolve(cwd, out);
  const path = out === undefined ? `.stakes/${id}` : id;
  const bundle = join(below, path);
  const shown = shownAs(bundle, cwd);
  const obstacle = obstacleOn(below, `${path}/stakes.lock.json`);
  if (!obstacle && isLockBroken(bundle)) return { state: 'invalid', problems: [brokenLock(shown)] };
  if (!obstacle) return { state: 'ok', value: { agent: id, file, bundle, shown, project, cwd } };
  const message = `\`${shownAs(join(below, obstacle.path), cwd)}\` is ${obstacle.kind}, where a generated file or its folder belongs`;
  return { state: 'invalid', problems: [{ code: 'blocked-path', message, help: 'move it away', file: shown }] };
}

/** Taken for none, it would say that nothing is installed. */
function brokenLock(bundle: string): Problem {
  const file = `${bundle}/${LOCK_FILE}`;
  const message = `\`${file}\` is no lock that this version of stakes can read, so what is installed is not known`;
  const help =
    'bring it back as `stakes` wrote it, or update stakes; `stakes generate --force` writes a new one, which knows of nothing that is installed';
  return { code: 'unreadable-lock', message, help, file };
}

/** Where an installation goes; `to` is what a person asked for. */
export function destinationOf(
  installation: Extract<Installation, { way: 'merge' | 'file' }>,
  { project, cwd }: Pick<Site, 'project' | 'cwd'>,
  to: string | undefined,
): Destination | undefined {
  const { into } = installation;
  // A lock names a file of the project by its path in it.
  const isInProject = into !== undefined && (installation.way === 'merge' || to === undefined || to === into);
  if (isInProject) return inProject(project, into, shownAs(join(project, into), cwd));
  return to === undefined ? undefined : outside(to);
}

/** An installed file that its lock may speak of. */
export interface Known {
  key: string;
  installed: Installed;
  installation: Extract<Installation, { way: 'merge' | 'file' }>;
  destination: Destination;
  target: { id: string; folder: string };
}

/**
 * What a lock says is installed, as far as it can be believed. `to`: a path that a person named. Where nothing is written,
 * any path is as good as another.
 */
export function knownIn(
  installed: Readonly<Record<string, Installed>>,
  site: Pick<Site, 'project' | 'cwd' | 'shown'>,
  { to, reading = false }: { to?: string | undefined; reading?: boolean },
): { known: Known[]; problems: Problem[] } {
  const known: Known[] = [];
  const problems: Problem[] = [];
  for (const [key, item] of Object.entries(installed)) {
    const choice = choiceOf(targets, key);
    const installation = choice?.installation;
    const doubt =
      installation === undefined
        ? 'nothing of this kind is ever installed'
        : disbelief(item, installation, reading ? item.path : to);
    if (choice && (installation?.way === 'merge' || installation?.way === 'file') && doubt === undefined) {
      const destination = destinationOf(installation, site, item.path);
      const target = { id: choice.target.id, folder: choice.target.folder ?? choice.target.id };
      if (destination) known.push({ key, installed: item, installation, destination, target });
    } else {
      const message = `what the lock of \`${site.shown}\` says about \`${key}\` cannot be: ${doubt}`;
      problems.push({ code: 'unbelievable-lock', message, help: LOCK_HELP, file: `${site.shown}/stakes.lock.json` });
    }
  }
  return { known, problems };
}

const LOCK_HELP =
  'bring back a lock that `stakes` wrote, take `installed` out of it, or name a path that is meant with `--to`';

export function lockOf(site: Site): Readonly<Record<string, Installed>> {
  return lockIn(site.bundle)?.installed ?? {};
}

/** Every installed file of a bundle, and whether it still holds what it should. */
export function holdsOf(
  { standing, shown, file }: Pick<Prepared, 'standing' | 'shown' | 'file'>,
  cwd: string,
): { holds: (Hold & Known)[]; problems: Problem[] } {
  const project = file === '<stdin>' ? cwd : dirname(resolve(cwd, file));
  const { known, problems } = knownIn(standing.lock?.installed ?? {}, { project, cwd, shown }, { reading: true });
  const holds = known.map((item) => {
    const source = sourceIn(standing.folder, sourcePath(item.target.folder, item.installation.from));
    return { ...item, ...checkInstalled(item.installed, item.installation, item.destination, source) };
  });
  return { holds, problems };
}

/** Where a whole file goes. Never where a lock says: anybody may have written that. */
export function placeOf(
  installation: Extract<Installation, { way: 'file' }>,
  { to, cwd }: { to: string | undefined; cwd: string },
): string | undefined {
  if (to !== undefined) return resolve(cwd, to);
  return Object.hasOwn(installation.to, platform()) ? installation.to[platform()] : undefined;
}

/** The generated file as it lies in the bundle; undefined: it does not. */
export function sourceIn(bundle: string, path: string): Buffer | undefined {
  const read = readDestination(inProject(bundle, path, path));
  return read.state === 'ok' ? read.value.bytes : undefined;
}

export function sourcePath(folder: string, from: string): string {
  return folder === '.' ? from : `${folder}/${from}`;
}
