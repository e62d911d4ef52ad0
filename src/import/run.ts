import { basename, join, relative } from 'node:path';
import type { Importer, ImportFile } from '../importers/define.ts';
import { shownAs } from '../manifest/paths.ts';
import type { NotFollowed } from '../model/import.ts';
import type { Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import { assemble, type Draft, type SourcedPart } from './assemble.ts';
import { type Bounds, besideOf, nothing } from './bounds.ts';
import { covered } from './cover.ts';
import { findFiles } from './find.ts';
import { withKnownServers } from './known.ts';
import { findUserFiles, type Homes } from './user.ts';

export interface Imported {
  drafts: Draft[];
  problems: Problem[];
  /** Texts that were read, by the name they are shown under; for code frames. */
  texts: Map<string, string>;
  /** What lies outside, and was left alone. */
  notFollowed: NotFollowed[];
}

export interface ImportWays {
  cwd: string;
  from: Files;
  importers: readonly Importer[];
  /** Are tools of known servers to be filled in? */
  catalog: boolean;
  /** Only this file, by its absolute path. */
  only?: string;
  /** The repository that the folder is in. Absent: the folder. */
  within?: string;
  /** Is what lies outside of the repository read, too? */
  follow?: boolean;
  /** The home folder, for paths that start there. */
  home?: string | undefined;
}

/** Bytes: programs keep much else beside a person's settings. */
const MOST_USER = 16 * 1024 * 1024;

/** One file to read, and how it reads others. */
interface Reading extends Omit<ImportFile, 'text'> {
  importer: Importer;
  /** Absolute. */
  full: string;
  /** Bytes; absent: those of a manifest. */
  most?: number;
  /** What it reads beside itself, by the name it is shown under. */
  read: Map<string, string>;
}

/** Everything that the importers read below a folder, as drafts of manifests. A file that breaks costs only itself. */
export function importFrom(root: string, ways: ImportWays): Imported {
  const { cwd, from, importers, only, within = root, follow = false, home } = ways;
  const bounds: Bounds = { from, cwd, within, follow, home, named: only };
  const { files, notFollowed } = findFiles(root, importers, 'project', bounds);
  const readings = files
    .filter(({ path }) => only === undefined || path === only)
    .map(({ importer, path, folder }): Reading => {
      const file = shownAs(path, cwd);
      const read = new Map<string, string>();
      const beside = besideOf({ folder: join(root, folder), file, bounds }, { read, notFollowed });
      const own = relative(join(root, folder), path).split('\\').join('/');
      return { importer, full: path, path: own, file, folder, beside, read };
    });
  const imported = readAll(readings, basename(root), ways);
  // Of one file, only what that file leads to.
  const told = notFollowed.filter(({ file }) => only === undefined || readings.some((one) => one.file === file));
  return { ...imported, notFollowed: told };
}

/** What a person has set up for themselves, and what holds on the machine: agents of their own, in no folder. */
export function importUser(homes: Homes, ways: Omit<ImportWays, 'only' | 'within' | 'home'>): Imported {
  const { from, importers, follow = false } = ways;
  const { files, notFollowed } = findUserFiles(importers, homes, { from, follow });
  const byName = new Map(files.map((file) => [file.name, file]));
  const readings = files.map(({ importer, path, name: own, shown }): Reading => {
    const read = new Map<string, string>();
    // Only what some importer names is ever read of a home folder.
    const beside = (name: string) => {
      const other = byName.get(name);
      if (!other) return nothing(`there is no file \`~/${name}\``, `~/${name}`);
      const text = from.read(other.path, other.shown);
      if (text.state === 'ok') read.set(other.shown, text.value);
      return text;
    };
    return { importer, full: path, path: own, file: shown, folder: '', beside, read, most: MOST_USER };
  });
  return { ...readAll(readings, 'user', ways), notFollowed };
}

function readAll(
  readings: readonly Reading[],
  root: string,
  { from, catalog }: ImportWays,
): Omit<Imported, 'notFollowed'> {
  const parts: SourcedPart[] = [];
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  for (const { importer, full, path, file, folder, beside, read, most } of readings) {
    const text = from.read(full, file, most);
    if (text.state !== 'ok') {
      problems.push(...text.problems);
      continue;
    }
    texts.set(file, text.value);
    const attempted = attempt(importer, { file, folder, path, text: text.value, beside });
    const result = covered(attempted, file, [text.value, ...read.values()]);
    for (const [name, other] of read) texts.set(name, other);
    parts.push(...result.parts.map((part) => ({ ...part, files: [file, ...read.keys()] })));
    problems.push(...result.problems);
  }
  const drafts = assemble(parts, root);
  return { drafts: catalog ? drafts.map(withKnownServers) : drafts, problems, texts };
}

/** An importer that fails on what a stranger wrote is at fault itself, and must not take the others with it. */
function attempt(importer: Importer, source: ImportFile): ReturnType<Importer['read']> {
  try {
    return importer.read(source);
  } catch {
    const message = `\`${source.file}\` could not be read as ${importer.id}`;
    return { parts: [], problems: [{ code: 'importer-failed', message, file: source.file }] };
  }
}
