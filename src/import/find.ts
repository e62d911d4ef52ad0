import { join } from 'node:path';
import type { Importer, ImportScope } from '../importers/define.ts';
import type { Files } from '../source/files.ts';

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

/** Every file below a folder that an importer reads, by path; links are not followed. */
export function findFiles(root: string, importers: readonly Importer[], scope: ImportScope, from: Files): FoundFile[] {
  const patterns = importers.flatMap((importer) =>
    (importer.files[scope] ?? []).map((pattern) => ({ importer, match: matcherOf(pattern) })),
  );
  const found: FoundFile[] = [];
  const waiting = [''];
  for (let seen = 0; seen < MOST_FOLDERS; seen++) {
    const folder = waiting.pop();
    if (folder === undefined) break;
    for (const { name, kind } of from.entries(join(root, folder)) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder' && !SKIPPED.has(name)) waiting.push(path);
      if (kind !== 'file') continue;
      for (const { importer, match } of patterns) {
        const home = match(path);
        if (home !== undefined) found.push({ importer, path: join(root, path), folder: home });
      }
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Undefined: no match; else what stands before it. */
export function matcherOf(pattern: string): (path: string) => string | undefined {
  const steps = pattern.split('/').map((step) =>
    step === '**'
      ? '(?:[^/]+/)*'
      : `${step
          .split('*')
          .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
          .join('[^/]*')}/`,
  );
  const expression = new RegExp(`^((?:[^/]+/)*?)${steps.join('')}$`);
  const last = pattern.split('/').at(-1) ?? '';
  const [head = '', ...rest] = last.split('*');
  const tail = rest.at(-1) ?? '';
  return (path) => {
    // Nearly every path fails here, and an expression costs more.
    if (!path.endsWith(tail) || !path.slice(path.lastIndexOf('/') + 1).startsWith(head)) return undefined;
    return expression.exec(`${path}/`)?.[1]?.replace(/\/$/, '');
  };
}
