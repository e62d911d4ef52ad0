import { dirname, resolve } from 'node:path';
import { assess } from '../assess/assess.ts';
import { matcherOf } from '../import/find.ts';
import { type Planned, planOf } from '../import/plan.ts';
import { importFrom } from '../import/run.ts';
import { importers } from '../importers/registry.generated.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Problem } from '../model/place.ts';
import { onDisk } from '../source/files.ts';
import { collectWith } from './collect.ts';

/** Where the schema lies that belongs to the version that is installed. */
const SCHEMA = './node_modules/stakes/schemas/agent.schema.json';

export interface ImportOptions {
  out: string | undefined;
  cwd: string;
  /** Absent: what is known of servers is filled in. */
  catalog?: boolean;
}

export interface Importing {
  planned: Planned[];
  problems: Problem[];
  texts: ReadonlyMap<string, string>;
}

/** What an import of these folders and files would do. */
export function importedFrom(paths: readonly string[], { out, cwd, catalog = true }: ImportOptions): Importing {
  const all: Importing = { planned: [], problems: [], texts: new Map() };
  for (const path of paths.length > 0 ? paths : ['.']) {
    const full = resolve(cwd, path);
    const isFolder = onDisk.isFolder(full);
    const root = isFolder ? full : homeOf(full);
    if (root === undefined) {
      const message = onDisk.has(full) ? `no importer knows a file called \`${path}\`` : `there is no file \`${path}\``;
      all.problems.push({
        code: 'unknown-format',
        message,
        help: '`stakes explain` lists what can be imported',
        file: shownAs(full, cwd),
      });
      continue;
    }
    const found = importFrom(root, { cwd, from: onDisk, importers, catalog, ...(isFolder ? {} : { only: full }) });
    const ways = { root, cwd, from: onDisk, schema: SCHEMA, ...(out === undefined ? {} : { out: resolve(cwd, out) }) };
    const plan = planOf(found.drafts, ways);
    all.planned.push(...plan.planned);
    all.problems.push(...found.problems, ...plan.problems);
    all.texts = new Map([...all.texts, ...found.texts]);
  }
  return all;
}

/** The folder in which a file would be found by its name. */
function homeOf(file: string): string | undefined {
  if (!onDisk.has(file)) return undefined;
  const patterns = importers
    .flatMap(({ files }) => files.project ?? [])
    .filter((pattern) => {
      const path = file.split('\\').join('/');
      return matcherOf(pattern)(path) !== undefined;
    });
  const [pattern] = patterns;
  if (pattern === undefined) return undefined;
  const steps = pattern.split('/').filter((step) => step !== '**').length;
  let home = file;
  for (let step = 0; step < steps; step++) home = dirname(home);
  return home;
}

/** Assessed in memory, by the name of the manifest: what would be written is what is assessed. */
export function assessed(planned: readonly Planned[], cwd: string): ReadonlyMap<string, Assessment> {
  const overlay = new Map(planned.map(({ shown, text }) => [shown, text]));
  const paths = planned.map(({ path }) => path);
  const { agents } = collectWith(paths, cwd, { overlay });
  return new Map(agents.map((agent) => [agent.file, assess(agent)]));
}
