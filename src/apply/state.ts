import { createHash } from 'node:crypto';
import { platform } from 'node:os';
import { join } from 'node:path';
import { digest } from '../bundle/lock.ts';
import { stateFolder } from '../source/state-folder.ts';
import { NOTHING, outside, readDestination } from './read.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Undefined: the environment does not say where it is. */
export function stateIn(env: Env): string | undefined {
  return stateFolder({ platform: platform(), env, home: env.HOME ?? '' });
}

/** Where the original of a file is kept: one project cannot bring back what belongs to another. */
export function backupPath(state: string, full: string, before: string): string {
  const where = createHash('sha256').update(full).digest('hex').slice(0, 16);
  return join(state, 'backups', `${where}-${before.replace('sha256:', '')}`);
}

/** Held while the lock of a bundle is changed. */
export function lockPath(state: string, bundle: string): string {
  return join(state, 'locks', createHash('sha256').update(bundle).digest('hex').slice(0, 16));
}

/** The original, if it is on this machine and still what its digest says. */
export function backupOf(state: string | undefined, full: string, before: string): Buffer | undefined {
  if (state === undefined) return undefined;
  const read = readDestination(outside(backupPath(state, full, before)));
  const { bytes } = read.state === 'ok' ? read.value : NOTHING;
  return bytes && digest(bytes) === before ? bytes : undefined;
}
