import { concretePaths, patternsAmong } from '../srt/paths.ts';

/** A path of the policy as a sandbox can be given it: below the project, the home folder or the root of the machine. */
export interface Place {
  root: 'project' | 'home' | 'machine';
  /** Without a slash at either end; empty: the root itself. */
  rest: string;
}

/** Sorted, once each. What `leftOut` names is not among them. */
export function placesOf(paths: readonly string[]): Place[] {
  return concretePaths(paths).flatMap((path) => placeOf(path) ?? []);
}

/** Patterns, ways up, other people's homes and the whole machine: no sandbox can be given them and stay one. */
export function leftOut(paths: readonly string[]): string[] {
  const strange = paths.filter((path) => patternsAmong([path]).length > 0 || placeOf(path) === null);
  return [...new Set(strange)].sort();
}

/** A folder that holds the project's own files, as far as its text tells. */
export function holdsProject({ root, rest }: Place): boolean {
  return (root === 'project' && rest === '') || (root === 'home' && rest === '');
}

function placeOf(path: string): Place | null {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || /[\x00-\x1f\x7f]/.test(path)) return null;
  if (parts[0]?.startsWith('~')) return parts[0] === '~' ? { root: 'home', rest: parts.slice(1).join('/') } : null;
  const rest = parts.join('/').replace(/\/\*\*$/, '');
  if (!path.startsWith('/')) return { root: 'project', rest };
  return rest === '' ? null : { root: 'machine', rest };
}
