import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Problem } from '../model/place.ts';
import { readText } from '../source/read.ts';

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
export function discover(paths: readonly string[], cwd: string): Discovered {
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    const found = isFolder(full) ? manifestsBelow(full) : [full];
    // What lies in a folder below that cannot be listed is not ours to report; a folder that was asked for is.
    if (found.length === 0) problems.push(...listingProblem(full, path));
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

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whatever is wrong with it, reading it says so.
    return false;
  }
}

function listingProblem(folder: string, shown: string): Problem[] {
  try {
    readdirSync(folder);
    return [];
  } catch {
    const message = `the folder \`${shown}\` cannot be listed`;
    return [{ code: 'unreadable-folder', message, help: 'check its permissions', file: shown }];
  }
}

function manifestsBelow(folder: string): string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) waiting.push(path);
      } else if (
        isManifestName(entry.name) &&
        (entry.isFile() || entry.isSymbolicLink()) &&
        !isForeign(path, entry.name)
      ) {
        found.push(path);
      }
    }
    if (found.length > MAX_FILES) break;
  }
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Other tools name their files `agent.yaml` or `agent.json` too; one that speaks of neither version nor agent is theirs. */
function isForeign(path: string, name: string): boolean {
  if (!name.startsWith('agent.')) return false;
  const text = readText(path, name);
  return text.state === 'ok' && !/schemaVersion|^\s*["']?agent["']?\s*:/m.test(text.value);
}
