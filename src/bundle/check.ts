import type { Lock } from '../model/lock.ts';
import type { Standing } from './disk.ts';
import { lockText } from './lock.ts';
import type { Plan } from './plan.ts';

export type BundleState =
  | 'fresh'
  | 'missing'
  | 'manifest-changed'
  | 'edited'
  | 'policy-changed'
  | 'targets-changed'
  | 'emitter-newer';

export interface Verdict {
  state: BundleState;
  /** Files that the state is about, by their path in the bundle. */
  files: string[];
}

/**
 * Why a bundle is not what would be generated now; the most telling reason when several hold. `named`: somebody said which
 * targets there are to be, so that others in their place are no work of a newer stakes.
 */
export function checkBundle(plan: Plan, { lock, edited, gone, outdated }: Standing, named: boolean): Verdict {
  if (!lock && edited.length === 0) return { state: 'missing', files: outdated };
  if (!lock || edited.length > 0 || gone.length > 0) return { state: 'edited', files: [...edited, ...gone] };
  if (lock.manifest !== plan.lock.manifest) return { state: 'manifest-changed', files: outdated };
  if (lock.policy !== plan.lock.policy) return { state: 'policy-changed', files: outdated };
  if (listOf(lock.notAllowed) !== listOf(plan.lock.notAllowed)) return { state: 'targets-changed', files: outdated };
  if (named && idsOf(lock) !== idsOf(plan.lock)) return { state: 'targets-changed', files: outdated };
  // The lock is a file like the others: whoever edits a file can write its digest there.
  const unexplained = outdated.filter((path) => !isNewer(path, plan, lock.targets));
  if (unexplained.length > 0) return { state: 'edited', files: unexplained };
  // What was installed from the bundle says nothing about the bundle itself.
  const emitters = lockText(withoutInstalled(lock)) !== lockText(plan.lock);
  return outdated.length > 0 || emitters ? { state: 'emitter-newer', files: outdated } : { state: 'fresh', files: [] };
}

const listOf = (ids: Lock['notAllowed']): string => JSON.stringify(ids ?? []);

const idsOf = ({ targets }: Lock): string => Object.keys(targets).sort().join(' ');

function withoutInstalled({ installed: _, ...lock }: Lock): Lock {
  return lock;
}

/** Would this file change although the policy is the same, because what writes it is newer than the lock says? */
function isNewer(path: string, { losses }: Plan, locked: Readonly<Record<string, number>>): boolean {
  const owner = losses.find(({ target }) => path.startsWith(`${target.folder ?? target.id}/`))?.target;
  if (owner) return locked[owner.id] !== owner.revision;
  // The policy is what the lock's digest is of; the words around it belong to no target.
  return path !== 'policy.json';
}
