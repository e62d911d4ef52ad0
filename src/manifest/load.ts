import { dirname, resolve } from 'node:path';
import type { Loaded } from '../model/place.ts';
import { few } from '../source/few.ts';
import { type Files, onDisk } from '../source/files.ts';
import { redactAll } from '../source/secrets.ts';
import type { Completion } from './given.ts';
import { shownAs } from './paths.ts';
import { readAgents } from './read-agents.ts';
import { createResolver } from './subagents.ts';
import type { Agent } from './tree.ts';

export interface LoaderOptions {
  /** Paths are shown relative to this folder. */
  cwd: string;
  /** No subagent file outside this folder is opened. */
  root: string;
  /** Texts that stand in for those on disk, by the name they are shown under. */
  overlay?: ReadonlyMap<string, string>;
  /** What an organisation makes of each manifest. */
  completion?: Completion;
  /** Absent: the disk. */
  from?: Files;
}

export interface Loader {
  /** Every agent of a file, subagents resolved, files of theirs only below `root`. The same file is read once. */
  load(path: string, root?: string): Loaded<Agent[]>;
  /** The same for text that does not come from a file. */
  loadText(shown: string, text: string): Loaded<Agent[]>;
  /** Texts read so far, by the name they are shown under; for code frames. */
  texts: Map<string, string>;
}

export function createLoader(options: LoaderOptions): Loader {
  const { cwd, from = onDisk } = options;
  const files = new Map<string, Loaded<Agent[]>>();
  const texts = new Map<string, string>();
  const resolveSubagents = createResolver(read, from);

  function read(path: string): Loaded<Agent[]> {
    // By its real name, or a link to a folder above would make one file many agents.
    const name = from.real(path);
    const known = files.get(name);
    if (known) return known;
    const shown = shownAs(path, cwd);
    const instead = options.overlay?.get(shown);
    const text = instead === undefined ? from.read(path, shown) : ({ state: 'ok', value: instead } as const);
    const agents = text.state === 'ok' ? parse(shown, text.value) : text;
    files.set(name, agents);
    return agents;
  }

  function parse(shown: string, text: string): Loaded<Agent[]> {
    texts.set(shown, text);
    return readAgents(shown, text, options.completion);
  }

  function finish(loaded: Loaded<Agent[]>, folder: string, root: string): Loaded<Agent[]> {
    if (loaded.state !== 'ok') return { ...loaded, problems: redactAll(loaded.problems) };
    const agents = loaded.value;
    const problems = agents.flatMap((agent) => resolveSubagents(agent, { folder, agents, root }));
    if (problems.length === 0) return loaded;
    return { state: 'invalid', problems: redactAll(few(problems, agents[0]?.file ?? '', (problem) => problem)) };
  }

  return {
    load(path, root = options.root) {
      const full = resolve(cwd, path);
      return finish(read(full), dirname(full), root);
    },
    loadText: (shown, text) => finish(parse(shown, text), cwd, options.root),
    texts,
  };
}
