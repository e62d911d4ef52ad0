import { quoted } from '../claude-code/quoted.ts';

/**
 * Tests for `find` that match the protected paths below a folder, in the terms of a shell whose `$project` and `$HOME`
 * are set. A pattern without a slash in it holds at any depth, as in gitignore.
 */
export function protectedTests(protectedPaths: readonly string[]): string[] {
  return [...new Set(protectedPaths.flatMap(testOf))].sort();
}

/** What `find` cannot say. */
export function unsaid(protectedPaths: readonly string[]): string[] {
  return protectedPaths.filter((path) => testOf(path).length === 0);
}

function testOf(path: string): string[] {
  const plain = path.replace(/(?:\/\*\*)?\/*$/, '');
  // Its `**` is any depth, which a name says by itself.
  const name = plain.replace(/^\*\*\//, '');
  if (path.startsWith('!') || name === '' || name === '~' || name.includes('**')) return [];
  if (plain.startsWith('~/')) return [`-path "$home_pattern"/${quoted(plain.slice(2))}`];
  if (!name.includes('/')) return [`-name ${quoted(name)}`];
  const anchored = name.replace(/^(?:\.?\/)+/, '');
  const below = [`-path "$project_pattern"/${quoted(anchored)}`];
  if (path.startsWith('**/')) return [`-path ${quoted(`*/${anchored}`)}`];
  return path.startsWith('/') ? [...below, `-path ${quoted(`/${anchored}`)}`] : below;
}
