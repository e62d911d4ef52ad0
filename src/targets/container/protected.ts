import { type Place, placesOf } from './places.ts';

/** Where a process may write: what it was granted, without what lies in a protected folder itself. */
export function writablePlaces(write: readonly string[], protectedPaths: readonly string[]): Place[] {
  return placesOf(write).filter((place) => !protectedPaths.some((path) => covers(path, place)));
}

/** The place is the protected path or lies inside it. A name without a slash holds at any depth, as in gitignore. */
function covers(path: string, { root, rest }: Place): boolean {
  const plain = path.replace(/(?:\/\*\*)?\/*$/, '').replace(/^\*\*\//, '');
  const parts = rest.split('/');
  if (plain.startsWith('!') || plain === '') return false;
  if (!plain.includes('/')) return parts.some((part) => globOf(plain).test(part));
  if (plain.startsWith('~/')) return root === 'home' && startsWith(parts, plain.slice(2));
  if (root === 'machine') return plain.startsWith('/') && startsWith(parts, plain.slice(1));
  return root === 'project' && startsWith(parts, plain.replace(/^(?:\.?\/)+/, ''));
}

function startsWith(parts: readonly string[], path: string): boolean {
  return path.split('/').every((wanted, index) => globOf(wanted).test(parts[index] ?? ''));
}

function globOf(name: string): RegExp {
  const source = name.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => ({ '*': '.*', '?': '.' })[sign] ?? `\\${sign}`);
  return new RegExp(`^${source}$`, 's');
}
