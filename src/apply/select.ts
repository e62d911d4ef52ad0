import type { Installation, Target } from '../targets/define.ts';

export interface Choice {
  target: Target;
  installation: Installation;
}

/** As the lock names it. */
export function keyOf({ target, installation }: Choice): string {
  return `${target.id}/${installation.id}`;
}

/** What each target does: what was asked for, where it can do that, else its first merge, else its first way of all. */
export function choicesOf(targets: readonly Target[], as: string | undefined): Choice[] {
  return targets.flatMap((target) => {
    const installation =
      as === undefined
        ? (target.installs.find(({ way }) => way === 'merge') ?? target.installs[0])
        : target.installs.find(({ id }) => id === as);
    return installation ? [{ target, installation }] : [];
  });
}

/** What a key of a lock stands for; undefined: no target that is known here is installed like that. */
export function choiceOf(targets: readonly Target[], key: string): Choice | undefined {
  for (const target of targets) {
    const installation = target.installs.find(({ id }) => key === `${target.id}/${id}`);
    if (installation) return { target, installation };
  }
  return undefined;
}
