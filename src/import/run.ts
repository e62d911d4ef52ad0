import { basename, join } from 'node:path';
import type { Importer, ImportFile, Part } from '../importers/define.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import { assemble, type Draft } from './assemble.ts';
import { findFiles } from './find.ts';
import { withKnownServers } from './known.ts';

export interface Imported {
  drafts: Draft[];
  problems: Problem[];
  /** Texts that were read, by the name they are shown under; for code frames. */
  texts: Map<string, string>;
}

export interface ImportWays {
  cwd: string;
  from: Files;
  importers: readonly Importer[];
  /** Are tools of known servers to be filled in? */
  catalog: boolean;
  /** Only this file, by its absolute path. */
  only?: string;
}

/** Everything that the importers read below a folder, as drafts of manifests. A file that breaks costs only itself. */
export function importFrom(root: string, { cwd, from, importers, catalog, only }: ImportWays): Imported {
  const parts: Part[] = [];
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  for (const { importer, path, folder } of findFiles(root, importers, 'project', from)) {
    if (only !== undefined && path !== only) continue;
    const file = shownAs(path, cwd);
    const text = from.read(path, file);
    if (text.state !== 'ok') {
      problems.push(...text.problems);
      continue;
    }
    texts.set(file, text.value);
    const home = join(root, folder);
    const beside = (other: string): Loaded<string> => from.read(join(home, other), shownAs(join(home, other), cwd));
    const read = attempt(importer, { file, folder, text: text.value, beside });
    parts.push(...read.parts);
    problems.push(...read.problems);
  }
  const drafts = assemble(parts, basename(root));
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
