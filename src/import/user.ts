import { isAbsolute, join } from 'node:path';
import type { Importer } from '../importers/define.ts';
import { isInside } from '../manifest/paths.ts';
import type { NotFollowed } from '../model/import.ts';
import type { Files } from '../source/files.ts';
import { nameMatcher } from './pattern.ts';

/** Where a person's own settings lie, and those of the machine. */
export interface Homes {
  home: string;
  /** Where the file system begins; undefined: nothing of the machine is read. */
  machine: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

export interface UserFile {
  importer: Importer;
  /** Absolute. */
  path: string;
  /** As people see it: from `~`, or absolute. */
  shown: string;
  /** As the importer's pattern has it. */
  name: string;
}

/** Folders that people and systems move elsewhere, and what says so. */
const MOVED = [
  ['.config/', 'XDG_CONFIG_HOME'],
  ['AppData/Roaming/', 'APPDATA'],
  ['.claude/', 'CLAUDE_CONFIG_DIR'],
  ['.claude.json', 'CLAUDE_CONFIG_DIR'],
  ['.codex/', 'CODEX_HOME'],
] as const;

const MOST_DEPTH = 8;
const MOST_FILES = 5000;

/**
 * The files that importers name in the home folder and on the machine, what an organisation says first. Only these paths
 * are looked up: nothing else of a home folder is listed.
 */
export function findUserFiles(
  importers: readonly Importer[],
  { home, machine, env }: Homes,
  { from, follow }: { from: Files; follow: boolean },
): { files: UserFile[]; notFollowed: NotFollowed[] } {
  const notFollowed: NotFollowed[] = [];
  const found = new Map<string, UserFile>();
  const look = (importer: Importer, pattern: string, base: string, skipped: string, within: string | undefined) => {
    for (const rest of expanded(base, pattern.slice(skipped.length).split('/'), from)) {
      const path = join(base, rest);
      const shown = shownFrom(path, home);
      if (within !== undefined && !follow && !isInside(within, path, from))
        notFollowed.push({ file: shown, to: shownFrom(from.real(path), home) });
      else found.set(`${importer.id} ${path}`, { importer, path, shown, name: skipped + rest });
    }
  };
  for (const importer of machine === undefined ? [] : importers)
    for (const pattern of importer.files.managed ?? []) look(importer, pattern, machine ?? '', '', undefined);
  const managed = [...found.values()];
  found.clear();
  for (const importer of importers) {
    for (const pattern of importer.files.user ?? []) {
      const moved = MOVED.find(([prefix, name]) => pattern.startsWith(prefix) && isAbsolute(env[name] ?? ''));
      const base = moved ? (env[moved[1]] ?? home) : home;
      look(importer, pattern, base, moved?.[0].endsWith('/') ? moved[0] : '', isInside(home, base, from) ? home : base);
    }
  }
  return { files: [...managed.sort(byName), ...[...found.values()].sort(byName)], notFollowed };
}

const byName = (a: UserFile, b: UserFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function shownFrom(path: string, home: string): string {
  const plain = (text: string) => text.split('\\').join('/');
  const [full, start] = [plain(path), plain(home).replace(/\/$/, '')];
  return full.startsWith(`${start}/`) ? `~${full.slice(start.length)}` : full;
}

/** The files that the steps lead to. A step without a name in front would list the folder of a person. */
function expanded(base: string, steps: readonly string[], from: Files): string[] {
  const found: string[] = [];
  const visit = (folder: string, [step = '', ...rest]: readonly string[], depth: number): void => {
    if (depth > MOST_DEPTH || found.length >= MOST_FILES) return;
    const under = (name: string) => (folder === '' ? name : `${folder}/${name}`);
    if (!step.includes('*')) {
      const path = under(step);
      if (rest.length > 0) visit(path, rest, depth);
      else if (from.has(join(base, path)) && !from.isFolder(join(base, path))) found.push(path);
      return;
    }
    if (folder === '') return;
    if (step === '**') visit(folder, rest, depth);
    const matches = nameMatcher(step === '**' ? '*' : step);
    for (const { name } of from.entries(join(base, folder)) ?? []) {
      if (!matches(name)) continue;
      const isFolder = from.isFolder(join(base, under(name)));
      if (step === '**' && isFolder) visit(under(name), [step, ...rest], depth + 1);
      else if (step !== '**' && rest.length > 0 && isFolder) visit(under(name), rest, depth);
      else if (step !== '**' && rest.length === 0 && !isFolder) found.push(under(name));
    }
  };
  visit('', steps, 0);
  return found.sort();
}
