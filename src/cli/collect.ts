import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { discover } from '../manifest/discover.ts';
import { createLoader } from '../manifest/load.ts';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { shown } from '../report/shown.ts';
import { decode, MAX_BYTES } from '../source/read.ts';
import type { Io } from './io.ts';

export interface Collected {
  agents: Agent[];
  problems: Problem[];
  /** Texts by shown name, for code frames. */
  texts: ReadonlyMap<string, string>;
}

/** The agents of files, folders and `-` (standard input); what cannot be read is a problem, and the rest goes on. */
export async function collect(paths: readonly string[], io: Io): Promise<Collected> {
  const text = paths.includes('-') ? decode(await io.readStdin(MAX_BYTES), '<stdin>') : undefined;
  return collectWith(paths, io.cwd, text);
}

/** The same, with texts that stand in for those on disk. */
export function collectWith(
  paths: readonly string[],
  cwd: string,
  stdin?: Loaded<string>,
  overlay?: ReadonlyMap<string, string>,
): Collected {
  const loader = createLoader({ cwd, root: projectRoot(cwd) ?? cwd, ...(overlay ? { overlay } : {}) });
  const { files, problems } = discover(paths.length > 0 ? paths.filter((path) => path !== '-') : ['.'], cwd);
  const named = new Set(paths.map((path) => resolve(cwd, path)));
  const loaded: Loaded<Agent[]>[] = [];
  for (const file of files) {
    const root = rootFor(file, cwd);
    // A link that nobody named may be anybody's, and frames show lines of what it leads to.
    if (named.has(file) || isInside(root, file)) loaded.push(loader.load(file, root));
    else problems.push(foreignLink(shownAs(file, cwd)));
  }
  if (stdin) loaded.push(stdin.state === 'ok' ? loader.loadText('<stdin>', stdin.value) : stdin);
  const agents: Agent[] = [];
  for (const result of loaded) {
    if (result.state === 'ok') agents.push(...result.value);
    else problems.push(...result.problems);
  }
  return { agents, problems: distinct(problems), texts: loader.texts };
}

function foreignLink(file: string): Problem {
  const message = `\`${file}\` is a symbolic link that leads out of the project`;
  return { code: 'outside-root', message, help: 'name it on the command line if it is meant', file };
}

/** What to say when no path led to a manifest. */
export function nothingFound(paths: readonly string[]): string {
  const where = paths.length === 0 ? 'here' : `in ${paths.map((path) => `\`${shown(path)}\``).join(', ')}`;
  return `no agent manifest ${where} (*.agent.yaml, agent.yaml)\n`;
}

/** The folder that a file's subagents must lie in: its repository, else the working folder, else its own. */
function rootFor(file: string, cwd: string): string {
  const folder = dirname(file);
  return projectRoot(folder) ?? (isInside(cwd, folder) ? cwd : folder);
}

/** The nearest folder with a `.git`. */
export function projectRoot(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A broken file that two agents refer to is one fault. */
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
