import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Manifest } from '../model/manifest.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { parseSource, type SourceDocument } from '../source/document.ts';
import { pointerOf } from '../source/pointer.ts';
import { readText } from '../source/read.ts';
import { didYouMean } from '../source/suggest.ts';
import { nameFaults } from './names.ts';
import { spellOut } from './shorthand.ts';
import type { Agent } from './tree.ts';
import { schemaProblems } from './validate.ts';

export interface LoaderOptions {
  /** Paths are shown relative to this folder. */
  cwd: string;
  /** No subagent file outside this folder is opened. */
  root: string;
}

export interface Loader {
  /** Every agent of a file, subagents resolved. The same file is read once. */
  load(path: string): Loaded<Agent[]>;
  /** The same for text that does not come from a file. */
  loadText(shown: string, text: string): Loaded<Agent[]>;
  /** Texts read so far, by the name they are shown under; for code frames. */
  texts: Map<string, string>;
}

const MAX_AGENTS = 500;

export function createLoader({ cwd, root }: LoaderOptions): Loader {
  const files = new Map<string, Loaded<Agent[]>>();
  const texts = new Map<string, string>();
  const resolving: Agent[] = [];
  const resolved = new Set<Agent>();

  const shownAs = (path: string): string => {
    const inside = relative(cwd, path);
    return (inside === '' ? '.' : inside).split(sep).join('/');
  };

  function read(path: string): Loaded<Agent[]> {
    const known = files.get(path);
    if (known) return known;
    const shown = shownAs(path);
    const text = readText(path, shown);
    const agents = text.state === 'ok' ? parse(shown, text.value) : text;
    files.set(path, agents);
    return agents;
  }

  function parse(shown: string, text: string): Loaded<Agent[]> {
    texts.set(shown, text);
    const source = parseSource(shown, text);
    if (source.state !== 'ok') return source;
    const problems = source.value.documents.flatMap(schemaProblems);
    if (problems.length > 0) return { state: 'invalid', problems };
    const agents = source.value.documents.map((document) => agentIn(document, spellOut(document.value), ''));
    const faults = [...agents.flatMap(allFaults), ...duplicates(agents)];
    return faults.length > 0 ? { state: 'invalid', problems: faults } : { state: 'ok', value: agents };
  }

  function load(path: string): Loaded<Agent[]> {
    const full = resolve(cwd, path);
    return finish(read(full), dirname(full));
  }

  function finish(loaded: Loaded<Agent[]>, folder: string): Loaded<Agent[]> {
    if (loaded.state !== 'ok') return loaded;
    const problems: Problem[] = [];
    for (const agent of loaded.value) problems.push(...resolveSubagents(agent, folder));
    return problems.length > 0 ? { state: 'invalid', problems: unique(problems) } : loaded;
  }

  /** Fills in `agent.subagents`, depth first; a loop is an agent that is met again before it is finished. */
  function resolveSubagents(agent: Agent, folder: string): Problem[] {
    if (resolved.has(agent)) return [];
    resolving.push(agent);
    const problems: Problem[] = [];
    for (const [name, { manifest }] of Object.entries(agent.manifest.subagents ?? {})) {
      const pointer = pointerOf('subagents', name, 'manifest');
      const problem = (code: string, message: string, help?: string): Problem => ({
        code,
        message,
        ...(help ? { help } : {}),
        ...placed(agent.place(pointer, 'value')),
      });
      const found =
        typeof manifest === 'string' ? follow(manifest, folder, problem) : inline(agent, name, manifest, folder);
      if ('problems' in found) {
        problems.push(...found.problems);
        continue;
      }
      const start = resolving.indexOf(found.agent);
      if (start >= 0) {
        const loop = [...resolving.slice(start), found.agent].map((step) => `\`${step.id}\``).join(' → ');
        problems.push(problem('subagent-loop', `subagents form a loop: ${loop}`, 'remove one of these references'));
        continue;
      }
      if (resolved.size > MAX_AGENTS) {
        problems.push(problem('too-many-agents', `more than ${MAX_AGENTS} agents in one tree`));
        break;
      }
      problems.push(...resolveSubagents(found.agent, found.folder));
      agent.subagents[name] = found.agent;
      const twin = twinOf(agent);
      if (twin)
        problems.push(problem('duplicate-agent', `two agents of this tree have the id \`${twin}\``, 'rename one'));
    }
    resolving.pop();
    resolved.add(agent);
    return problems;
  }

  type Found = { agent: Agent; folder: string } | { problems: Problem[] };

  function inline(agent: Agent, name: string, manifest: Manifest, folder: string): Found {
    const base = `${agent.base}${pointerOf('subagents', name, 'manifest')}`;
    const place: Agent['place'] = (pointer, at) =>
      agent.place(`${pointerOf('subagents', name, 'manifest')}${pointer}`, at);
    return {
      agent: {
        id: manifest.agent.id,
        manifest,
        file: agent.file,
        document: agent.document,
        base,
        place,
        subagents: {},
      },
      folder,
    };
  }

  function follow(
    reference: string,
    folder: string,
    problem: (code: string, message: string, help?: string) => Problem,
  ): Found {
    const hash = reference.lastIndexOf('#');
    const [path, id] = hash < 0 ? [reference, undefined] : [reference.slice(0, hash), reference.slice(hash + 1)];
    if (isAbsolute(path))
      return { problems: [problem('outside-root', `\`${path}\` is absolute`, 'write a relative path')] };
    // `#id` alone means another document of the same file.
    const full = path === '' ? resolve(cwd, resolving.at(-1)?.file ?? '') : resolve(folder, path);
    if (!inside(root, full)) {
      return {
        problems: [problem('outside-root', `\`${path}\` is outside the project`, 'keep manifests in one repository')],
      };
    }
    const loaded = path === '' && !files.has(full) ? sameText(resolving.at(-1)) : read(full);
    if (loaded.state === 'missing') {
      return {
        problems: [problem('dangling-name', `there is no file \`${path}\``, 'the path is relative to this manifest')],
      };
    }
    if (loaded.state !== 'ok') return { problems: loaded.problems };
    const ids = loaded.value.map((agent) => agent.id);
    const agent = id === undefined ? loaded.value[0] : loaded.value.find((candidate) => candidate.id === id);
    if (id === undefined && loaded.value.length > 1) {
      return {
        problems: [problem('ambiguous-agent', `\`${path}\` holds several agents`, `add \`#${ids[0]}\` or another id`)],
      };
    }
    if (!agent)
      return { problems: [problem('dangling-name', `\`${reference}\` names no agent`, didYouMean(id ?? '', ids))] };
    return { agent, folder: dirname(full) };
  }

  const fromText = new Map<string, Loaded<Agent[]>>();
  function sameText(agent: Agent | undefined): Loaded<Agent[]> {
    return fromText.get(agent?.file ?? '') ?? { state: 'missing', problems: [] };
  }

  function loadText(shown: string, text: string): Loaded<Agent[]> {
    const loaded = parse(shown, text);
    fromText.set(shown, loaded);
    return finish(loaded, cwd);
  }

  return { load, loadText, texts };
}

function agentIn(document: SourceDocument, manifest: Manifest, base: string): Agent {
  const place: Agent['place'] = (pointer, at) => document.place(`${base}${pointer}`, at);
  return { id: manifest.agent.id, manifest, file: document.file, document: document.index, base, place, subagents: {} };
}

function allFaults(agent: Agent): Problem[] {
  const visit = (manifest: Manifest, base: string): Problem[] => {
    const own = nameFaults(manifest).map(
      ({ pointer, at, ...fault }): Problem => ({
        ...fault,
        ...placed(agent.place(`${base}${pointer}`, at)),
      }),
    );
    const inner = Object.entries(manifest.subagents ?? {}).flatMap(([name, reference]) =>
      typeof reference.manifest === 'string'
        ? []
        : visit(reference.manifest, `${base}${pointerOf('subagents', name, 'manifest')}`),
    );
    return [...own, ...inner];
  };
  return visit(agent.manifest, '');
}

function duplicates(agents: Agent[]): Problem[] {
  return agents
    .filter((agent, i) => agents.findIndex((other) => other.id === agent.id) < i)
    .map((agent) => ({
      code: 'duplicate-agent',
      message: `this file has two agents with the id \`${agent.id}\``,
      help: 'rename one',
      ...placed(agent.place('/agent/id', 'value')),
    }));
}

/** The id that two different agents below (and with) this one share. */
function twinOf(root: Agent): string | undefined {
  const ids = new Map<string, Agent>();
  const visit = (agent: Agent): string | undefined => {
    const other = ids.get(agent.id);
    if (other === agent) return undefined;
    if (other) return agent.id;
    ids.set(agent.id, agent);
    for (const subagent of Object.values(agent.subagents)) {
      const twin = visit(subagent);
      if (twin !== undefined) return twin;
    }
    return undefined;
  };
  return visit(root);
}

function inside(root: string, path: string): boolean {
  const steps = relative(real(root), real(path));
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

/** The path with symbolic links followed, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(real(parent), relative(parent, path));
  }
}

function placed(place: Place | undefined): { place: Place } | Record<string, never> {
  return place ? { place } : {};
}

function unique(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = JSON.stringify([problem.code, problem.message, problem.place, problem.file]);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
