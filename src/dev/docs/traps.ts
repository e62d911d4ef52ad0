import { existsSync, readFileSync } from 'node:fs';

/** Titles of the tests that try how an engine fails open: keys of their tables. */
export function trapsOf(target: string): string[] {
  const places = [`test/engines/${target}.fail-open.test.ts`, `test/engines/${target}/${target}.fail-open.test.ts`];
  const path = places.find((place) => existsSync(place));
  if (path === undefined) return [];
  const titles = [...readFileSync(path, 'utf8').matchAll(/^ {2}'([^']* [^']*)': \{/gm)].map(([, title = '']) => title);
  if (titles.length === 0) throw new Error(`${path} names no way in which the engine fails open`);
  return [...new Set(titles)];
}
