import { join, resolve } from 'node:path';
import type { Problem } from '../model/place.ts';
import { type Files, onDisk } from '../source/files.ts';

const MANIFEST = /(?:^|\.)agent\.(?:ya?ml|json)$/;
const SKIPPED = new Set(['node_modules', '.git', '.stakes']);
const MAX_FILES = 20_000;

/** Is this the name of a manifest: `agent.yaml`, `x.agent.yaml`, or the same in JSON? */
export function isManifestName(name: string): boolean {
  return MANIFEST.test(name);
}

export interface Discovered {
  /** Absolute paths, sorted within each given path, each once. */
  files: string[];
  problems: Problem[];
}

/** Files as they are given, and every manifest below a folder; symbolic links to folders are not followed. */
export function discover(paths: readonly string[], cwd: string, from: Files = onDisk): Discovered {
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    const found = from.isFolder(full) ? manifestsBelow(full, from) : [full];
    // What lies in a folder below that cannot be listed is not ours to report; a folder that was asked for is.
    if (found.length === 0) problems.push(...listingProblem(full, path, from));
    if (found.length > MAX_FILES)
      problems.push({
        code: 'too-many-files',
        message: `\`${path}\` holds more than ${MAX_FILES} manifests`,
        file: path,
      });
    for (const file of found.slice(0, MAX_FILES)) files.add(file);
  }
  return { files: [...files], problems };
}

function listingProblem(folder: string, shown: string, from: Files): Problem[] {
  if (from.entries(folder)) return [];
  const message = `the folder \`${shown}\` cannot be listed`;
  return [{ code: 'unreadable-folder', message, help: 'check its permissions', file: shown }];
}

function manifestsBelow(folder: string, from: Files): string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { name, kind } of from.entries(next) ?? []) {
      const path = join(next, name);
      if (kind === 'folder') {
        if (!SKIPPED.has(name)) waiting.push(path);
      } else if (isManifestName(name) && kind !== 'other' && !isForeign(path, name, from)) {
        found.push(path);
      }
    }
    if (found.length > MAX_FILES) break;
  }
  return found.sort();
}

/** Other tools name their files `agent.yaml` or `agent.json` too; one that speaks of neither version nor agent is theirs. */
function isForeign(path: string, name: string, from: Files): boolean {
  if (!name.startsWith('agent.')) return false;
  const text = from.read(path, name);
  return text.state === 'ok' && !/schemaVersion|^\s*["']?agent["']?\s*:/m.test(text.value);
}
