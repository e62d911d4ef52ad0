import type { Place } from './places.ts';

/** Where the folders of the project and of the person lie in a container. */
export const PROJECT = '/project';
export const HOME = '/home/agent';

/** A place as a process in a container sees it. */
export function insideOf({ root, rest }: Place): string {
  const start = { project: PROJECT, home: HOME, machine: '' }[root];
  return rest === '' ? start : `${start}/${rest}`;
}

/** False for folders of the container itself, which a mount would replace. */
export function isMountable({ root, rest }: Place): boolean {
  return root !== 'machine' || !/^(?:proc|sys|dev|tmp|etc|bin|sbin|lib|lib64|usr|home|project)(?:\/|$)/.test(rest);
}
