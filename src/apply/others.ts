import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { obstacleOn } from '../bundle/obstacles.ts';
import { lockIn } from './lock.ts';

/** More bundles than this beside one another are not looked through. */
const MOST = 1000;

/** The agent of another bundle of the same project whose rules a file holds already. */
export function otherHolder(bundle: string, path: string): string | undefined {
  const around = dirname(bundle);
  const names = readdirSync(around).filter((name) => name !== basename(bundle));
  for (const name of names.slice(0, MOST)) {
    if (obstacleOn(around, `${name}/stakes.lock.json`)) continue;
    const lock = lockIn(join(around, name));
    const holds = Object.values(lock?.installed ?? {}).some((installed) => installed.path === path);
    if (lock && holds) return lock.agent;
  }
  return undefined;
}
