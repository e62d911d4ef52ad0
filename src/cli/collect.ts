import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { discover } from '../manifest/discover.ts';
import { createLoader } from '../manifest/load.ts';
import { isInside } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Problem } from '../model/place.ts';
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
  const loader = createLoader({ cwd: io.cwd, root: projectRoot(io.cwd) ?? io.cwd });
  const { files, problems } = discover(paths.length > 0 ? paths.filter((path) => path !== '-') : ['.'], io.cwd);
  const loaded = files.map((file) => loader.load(file, rootFor(file, io.cwd)));
  if (paths.includes('-')) {
    const text = decode(await io.readStdin(MAX_BYTES), '<stdin>');
    loaded.push(text.state === 'ok' ? loader.loadText('<stdin>', text.value) : text);
  }
  const agents: Agent[] = [];
  for (const result of loaded) {
    if (result.state === 'ok') agents.push(...result.value);
    else problems.push(...result.problems);
  }
  return { agents, problems: distinct(problems), texts: loader.texts };
}

/** The folder that a file's subagents must lie in: its repository, else the working folder, else its own. */
function rootFor(file: string, cwd: string): string {
  const folder = dirname(file);
  return projectRoot(folder) ?? (isInside(cwd, folder) ? cwd : folder);
}

/** The nearest folder with a `.git`. */
function projectRoot(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A broken file that two agents refer to is one fault. */
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
