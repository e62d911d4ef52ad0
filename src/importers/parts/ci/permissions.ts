import { isRecord } from '../../../source/record.ts';
import { holdsSecret } from '../../../source/secrets.ts';

/** What `permissions` of a job, or else of its workflow, give to its token. Undefined: what the repository has set. */
export function scopesOf(job: unknown, workflow: unknown): string[] | undefined {
  const stated = job ?? workflow;
  if (stated === 'write-all') return ['*'];
  if (stated === 'read-all') return ['*:read'];
  if (!isRecord(stated)) return undefined;
  const given = Object.entries(stated)
    .filter(([, level]) => level === 'read' || level === 'write')
    .map(([name, level]) => `${name}:${level}`);
  // What is not named is nothing, but for this one.
  return given.length > 0 ? given.slice(0, 100) : ['metadata:read'];
}

/** Both lists, each permission once and at its higher level, spelled alike. */
export function joinedScopes(first: readonly string[], second: readonly string[]): string[] {
  const levels = new Map<string, string>();
  for (const scope of [...first, ...second]) {
    const [name = '', level = ''] = (holdsSecret(scope) ? scope : scope.replaceAll('_', '-')).split(':');
    if (levels.get(name) !== 'write') levels.set(name, level);
  }
  return [...levels].map(([name, level]) => (level === '' ? name : `${name}:${level}`)).sort();
}
