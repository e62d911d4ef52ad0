import type { Assessment } from '../model/assessment.ts';
import type { Gap } from '../model/gap.ts';
import { LOCK_SCHEMA, type Lock } from '../model/lock.ts';
import type { Loss, Policy } from '../model/policy.ts';
import type { EmittedFile, Target } from '../targets/define.ts';
import { gapsOf } from './gaps.ts';
import { digest, isSafePath, LOCK_FILE, lockText } from './lock.ts';
import { lossReport } from './losses.ts';
import { readme } from './readme.ts';

export interface TargetLosses {
  target: Target;
  losses: Loss[];
}

/** Everything that belongs in `.stakes/<agent-id>/`, as bytes, before anything is written. */
export interface Plan {
  agent: string;
  policy: Policy;
  lock: Lock;
  /** Sorted by path; the lock is the last. */
  files: EmittedFile[];
  losses: TargetLosses[];
  /** What the tier requires and these files leave open. */
  gaps: Gap[];
}

/**
 * Pure: the same policy and targets give the same bytes. `notAllowed`: targets that the configuration keeps out; `known`:
 * those that could be added.
 */
export function planBundle(
  assessment: Assessment,
  policy: Policy,
  targets: readonly Target[],
  notAllowed: string[] = [],
  known: readonly Target[] = targets,
): Plan {
  const files: EmittedFile[] = [];
  const losses: TargetLosses[] = [];
  for (const target of targets) {
    const emission = target.emit(policy);
    const folder = target.folder ?? target.id;
    for (const file of emission.files)
      files.push({ ...file, path: folder === '.' ? file.path : `${folder}/${file.path}` });
    losses.push({ target, losses: emission.losses });
  }
  const gaps = gapsOf(assessment, policy, targets, known);
  files.push({ path: 'README.md', content: readme(assessment, policy, { losses, gaps, notAllowed }) });
  files.push({ path: 'LOSSES.md', content: lossReport(policy, losses, gaps) });
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const wrong = files.find(({ path }, i) => !isSafePath(path) || files[i + 1]?.path === path);
  if (wrong) throw new Error(`a target emitted \`${wrong.path}\`, which is outside the bundle or emitted twice`);
  const lock: Lock = {
    schema: LOCK_SCHEMA,
    agent: policy.root,
    manifest: policy.digest,
    policy: digest(JSON.stringify(policy)),
    targets: Object.fromEntries(targets.map(({ id, revision }) => [id, revision])),
    ...(notAllowed.length > 0 ? { notAllowed } : {}),
    files: Object.fromEntries(files.map(({ path, content }) => [path, digest(content)])),
  };
  files.push({ path: LOCK_FILE, content: lockText(lock) });
  return { agent: policy.root, policy, lock, files, losses, gaps };
}
