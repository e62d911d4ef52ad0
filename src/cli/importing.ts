import { parse, resolve } from 'node:path';
import { assess } from '../assess/assess.ts';
import { type Gone, goneFrom } from '../import/gone.ts';
import { matcherOf } from '../import/pattern.ts';
import { type Planned, type PlanWays, planOf } from '../import/plan.ts';
import { type Imported, importFrom, importUser } from '../import/run.ts';
import type { Importer } from '../importers/define.ts';
import { importers } from '../importers/registry.generated.ts';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Assessment } from '../model/assessment.ts';
import type { ImportScopeName, NotFollowed } from '../model/import.ts';
import type { Problem } from '../model/place.ts';
import { onDisk } from '../source/files.ts';
import { collectWith } from './collect.ts';
import type { Io } from './io.ts';
import { projectRoot } from './project-root.ts';

/** Where the schema lies that belongs to the version that is installed. */
export const SCHEMA = './node_modules/stakes/schemas/agent.schema.json';

export interface ImportOptions {
  out: string | undefined;
  /** Absent: what is known of servers is filled in. */
  catalog?: boolean;
  /** Are a person's own settings read, too, and those of the machine? */
  user?: boolean;
  /** Is what lies outside of the repository read, too? */
  follow?: boolean;
}

export interface Importing {
  planned: Planned[];
  gone: Gone[];
  problems: Problem[];
  texts: ReadonlyMap<string, string>;
  notFollowed: NotFollowed[];
}

type World = Pick<Io, 'cwd' | 'env' | 'machine'>;

/** What an import of these folders and files would do. */
export function importedFrom(paths: readonly string[], options: ImportOptions, io: World): Importing {
  const { cwd } = io;
  const all: Importing = { planned: [], gone: [], problems: [], texts: new Map(), notFollowed: [] };
  const ways = { cwd, from: onDisk, importers, catalog: options.catalog !== false, follow: options.follow === true };
  const home = homeIn(io);
  for (const path of paths.length > 0 ? paths : ['.']) {
    const full = resolve(cwd, path);
    // Beside its own settings, a home folder holds everything.
    if (options.user === true && home !== undefined && isInside(full, home)) continue;
    const isFolder = onDisk.isFolder(full);
    const root = isFolder ? full : folderOf(full);
    if (root === undefined) {
      all.problems.push(unknownFormat(path, full, cwd));
      continue;
    }
    const repository = projectRoot(root);
    const within = repository !== undefined && isInside(repository, root) ? repository : root;
    const found = importFrom(root, { ...ways, within, home, ...(isFolder ? {} : { only: full }) });
    take(all, found, { root, isWhole: isFolder, scope: 'project', out: options.out, cwd });
  }
  if (options.user !== true) return all;
  if (home === undefined) {
    const message = 'nobody knows where your home folder is: `HOME` is not set';
    all.problems.push({ code: 'no-home', message, help: 'set it, or leave out `--user`' });
    return all;
  }
  const found = importUser({ home, machine: io.machine, env: io.env }, ways);
  take(all, found, {
    root: resolve(cwd, options.out ?? '.'),
    isWhole: true,
    scope: 'user',
    out: options.out ?? '.',
    cwd,
  });
  return all;
}

function take(
  all: Importing,
  found: Imported,
  {
    isWhole,
    out,
    ...rest
  }: Pick<PlanWays, 'root' | 'cwd'> & { isWhole: boolean; scope: ImportScopeName; out: string | undefined },
): void {
  const ways: PlanWays = {
    ...rest,
    from: onDisk,
    schema: SCHEMA,
    ...(out === undefined ? {} : { out: resolve(rest.cwd, out) }),
  };
  const plan = planOf(found.drafts, ways);
  for (const planned of plan.planned) {
    if (all.planned.some(({ path }) => path === planned.path)) all.problems.push(taken(planned));
    else all.planned.push(planned);
  }
  if (isWhole) all.gone.push(...goneFrom(found.drafts, ways, found.problems));
  all.problems.push(...found.problems, ...plan.problems);
  all.texts = new Map([...all.texts, ...found.texts]);
  all.notFollowed = distinct([...all.notFollowed, ...found.notFollowed]);
}

/** The home folder as the system names it; undefined: it does not. */
export function homeIn({ env }: Pick<Io, 'env'>): string | undefined {
  const home = env.HOME || env.USERPROFILE;
  return home === undefined || home === '' || parse(home).root === home ? undefined : resolve(home);
}

function unknownFormat(path: string, full: string, cwd: string): Problem {
  const message = onDisk.has(full) ? `no importer knows a file called \`${path}\`` : `there is no file \`${path}\``;
  const help = '`stakes explain` lists what can be imported';
  return { code: 'unknown-format', message, help, file: shownAs(full, cwd) };
}

function taken({ shown, draft }: Planned): Problem {
  const message = `another agent is written to \`${shown}\`, too; the one from ${draft.files.map((file) => `\`${file}\``).join(', ')} is left out`;
  return { code: 'same-file', message, help: 'import its folder by itself, to another `--out`', file: shown };
}

function distinct(list: readonly NotFollowed[]): NotFollowed[] {
  return [...new Map(list.map((one) => [`${one.file}\n${one.to}`, one])).values()];
}

/**
 * The folder in which a file would be found by its name, else as a file of a format that has no name of its own: the one
 * furthest up, where several would do.
 */
function folderOf(file: string): string | undefined {
  if (!onDisk.has(file)) return undefined;
  const { root } = parse(file);
  const path = file.slice(root.length).split('\\').join('/');
  const homes = [({ files }: Importer) => files.project ?? [], ({ named }: Importer) => named ?? []].flatMap(
    (patterns) =>
      importers
        .flatMap(patterns)
        .flatMap((pattern) => matcherOf(pattern)(path) ?? [])
        .sort((a, b) => a.length - b.length),
  );
  return homes[0] === undefined ? undefined : resolve(root, homes[0]);
}

/** Assessed in memory, by the name of the manifest: what would be written is what is assessed. */
export function assessed(planned: readonly Planned[], cwd: string): ReadonlyMap<string, Assessment> {
  const overlay = new Map(planned.map(({ shown, text }) => [shown, text]));
  const paths = planned.map(({ path }) => path);
  const { agents } = collectWith(paths, cwd, { overlay });
  return new Map(agents.map((agent) => [agent.file, assess(agent)]));
}
