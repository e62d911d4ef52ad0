import { dirname, join } from 'node:path';
import type { Importer, ImportScope } from '../importers/define.ts';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { NotFollowed } from '../model/import.ts';
import { type Bounds, isOutside } from './bounds.ts';
import { leadsTo, matcherOf } from './pattern.ts';

/** Folders that hold what others wrote, or what is made anew. */
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.stakes',
  '.venv',
  'venv',
  '__pycache__',
  'dist',
  'build',
  'target',
  'vendor',
]);
const MOST_FOLDERS = 200_000;

export interface FoundFile {
  importer: Importer;
  /** Absolute. */
  path: string;
  /** The folder of the agent, from the root that was searched, with `/`; empty: that root. */
  folder: string;
}

export interface Found {
  /** By path. */
  files: FoundFile[];
  /** Links that an importer would read, and that lead outside. */
  notFollowed: NotFollowed[];
}

/** Every file below a folder that an importer reads. A link is what it leads to, where that may be read. */
export function findFiles(root: string, importers: readonly Importer[], scope: ImportScope, bounds: Bounds): Found {
  const { from, cwd } = bounds;
  const readers = importers.map((importer) => ({ importer, patterns: patternsOf(importer, scope, bounds.named) }));
  const patterns = readers.flatMap((reader) => reader.patterns);
  const found: Found = { files: [], notFollowed: [] };
  const entered = new Set<string>();
  const waiting = [''];
  for (let seen = 0; seen < MOST_FOLDERS; seen++) {
    const folder = waiting.pop();
    if (folder === undefined) break;
    for (const { name, kind } of from.entries(join(root, folder)) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const is = kind === 'link' ? linkedTo(path) : kind;
      if (is === 'folder' && !SKIPPED.has(name)) waiting.push(path);
      if (is !== 'file') continue;
      for (const { importer, patterns: own } of readers) {
        const home = firstMatch(own, path);
        if (home !== undefined) found.files.push({ importer, path: join(root, path), folder: home });
      }
    }
  }
  found.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return found;

  /** Only what an importer would read is looked at, and every linked folder once. */
  function linkedTo(path: string): 'file' | 'folder' | undefined {
    const asFile = patterns.some(({ match }) => match(path) !== undefined);
    const asFolder = patterns.some(({ leads }) => leads(path));
    if (!asFile && !asFolder) return undefined;
    const full = join(root, path);
    const real = from.real(full);
    if (isOutside(full, bounds)) {
      found.notFollowed.push({ file: shownAs(full, cwd), to: shownAs(real, cwd) });
      return undefined;
    }
    if (!from.isFolder(full)) return asFile && from.has(full) ? 'file' : undefined;
    const isLoop = isInside(real, dirname(full), from);
    if (!asFolder || isLoop || entered.has(real)) return undefined;
    entered.add(real);
    return 'folder';
  }
}

interface Pattern {
  match(path: string): string | undefined;
  leads(path: string): boolean;
}

/** Of a file that a person named, formats without a file name of their own are looked for, too. */
function patternsOf({ files, named = [] }: Importer, scope: ImportScope, only: string | undefined): Pattern[] {
  const patterns = [...(files[scope] ?? []), ...(only === undefined ? [] : named)];
  return patterns.map((pattern) => ({ match: matcherOf(pattern), leads: leadsTo(pattern) }));
}

/** Of several patterns that fit, the first says where the agent lives. */
function firstMatch(patterns: readonly Pattern[], path: string): string | undefined {
  for (const { match } of patterns) {
    const home = match(path);
    if (home !== undefined) return home;
  }
  return undefined;
}
