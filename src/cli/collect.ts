import { dirname, resolve } from 'node:path';
import type { Organisation } from '../config/organisation.ts';
import { discover } from '../manifest/discover.ts';
import type { Completion } from '../manifest/given.ts';
import { createLoader } from '../manifest/load.ts';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { shown } from '../report/shown.ts';
import { type Files, onDisk } from '../source/files.ts';
import { decode, MAX_BYTES } from '../source/read.ts';
import type { Invocation } from './command.ts';
import { noteInstalled } from './installed-controls.ts';
import type { Io } from './io.ts';
import { findOrganisation } from './organisation.ts';
import { projectRoot } from './project-root.ts';

export interface Collected {
  agents: Agent[];
  problems: Problem[];
  /** Texts of manifests by shown name. */
  texts: ReadonlyMap<string, string>;
}

/** The same with what the configuration says of them. */
export interface Gathered extends Collected {
  /** Undefined: there is no configuration, or it cannot be used. */
  organisation: Organisation | undefined;
  /** The configuration cannot be used: `problems` is what is wrong with it, and no manifest was looked at. */
  broken: boolean;
  /** Texts of manifests and of the configuration, for code frames. */
  frames: ReadonlyMap<string, string>;
}

/** The agents of files, folders and `-` (standard input); what cannot be read is a problem, and the rest goes on. `configFrom`: where the configuration is read. */
export async function collect(
  paths: readonly string[],
  io: Io,
  options: Invocation['options'],
  configFrom: Files = onDisk,
): Promise<Gathered> {
  const own = new Map<string, string>();
  const found = await findOrganisation(options, io.cwd, own, configFrom);
  // Without what the organisation says, an agent could look safer than it is.
  if (found.state !== 'ok')
    return {
      agents: [],
      problems: found.problems,
      texts: new Map(),
      organisation: undefined,
      broken: true,
      frames: own,
    };
  const organisation = found.value;
  const stdin = paths.includes('-') ? decode(await io.readStdin(MAX_BYTES), '<stdin>') : undefined;
  const collected = collectWith(paths, io.cwd, {
    ...(stdin ? { stdin } : {}),
    ...(organisation ? { completion: organisation.completion } : {}),
  });
  return { ...collected, organisation, broken: false, frames: new Map([...own, ...collected.texts]) };
}

export interface CollectOptions {
  stdin?: Loaded<string>;
  /** Texts that stand in for those on disk. */
  overlay?: ReadonlyMap<string, string>;
  completion?: Completion;
  /** Absent: the disk. */
  from?: Files;
}

/** The agents as one configuration completes them. */
export function collectWith(
  paths: readonly string[],
  cwd: string,
  { stdin, ...reading }: CollectOptions = {},
): Collected {
  const loader = createLoader({ cwd, root: projectRoot(cwd) ?? cwd, ...reading });
  const { files, problems } = discover(
    paths.length > 0 ? paths.filter((path) => path !== '-') : ['.'],
    cwd,
    reading.from,
  );
  const named = new Set(paths.map((path) => resolve(cwd, path)));
  const loaded: Loaded<Agent[]>[] = [];
  for (const file of files) {
    const root = rootFor(file, cwd);
    // A link that nobody named may be anybody's, and frames show lines of what it leads to.
    if (named.has(file) || isInside(root, file, reading.from)) loaded.push(loader.load(file, root));
    else problems.push(foreignLink(shownAs(file, cwd)));
  }
  if (stdin) loaded.push(stdin.state === 'ok' ? loader.loadText('<stdin>', stdin.value) : stdin);
  const agents: Agent[] = [];
  for (const result of loaded) {
    if (result.state === 'ok') agents.push(...result.value);
    else problems.push(...result.problems);
  }
  noteInstalled(agents, cwd, reading.from ?? onDisk);
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

/** A broken file that two agents refer to is one fault. */
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
