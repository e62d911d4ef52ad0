import { dirname, isAbsolute, resolve } from 'node:path';
import type { Manifest } from '../model/manifest.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import { pointerOf } from '../source/pointer.ts';
import { didYouMean } from '../source/suggest.ts';
import { isInside } from './paths.ts';
import { placed, sameId } from './read-agents.ts';
import { type Agent, agentsOf } from './tree.ts';

const MAX_AGENTS = 500;
const MAX_DEPTH = 64;

/** The text that an agent was written in: what its references are relative to. */
export interface Origin {
  folder: string;
  /** The agents of the same text, which `#id` alone means. */
  agents: readonly Agent[];
  /** No file outside this folder is opened. */
  root: string;
}

type Found = { agent: Agent; origin: Origin } | { problems: Problem[] };

/** Fills in `agent.subagents` of whole trees, each agent once; what is wrong below an agent is told for every tree that holds it. */
export function createResolver(
  read: (path: string) => Loaded<Agent[]>,
  from: Pick<Files, 'real'>,
): (root: Agent, origin: Origin) => Problem[] {
  const finished = new Map<Agent, Problem[]>();
  const trail: Agent[] = [];

  function resolveTree(agent: Agent, origin: Origin): Problem[] {
    const known = finished.get(agent);
    if (known) return known;
    const entries = Object.entries(agent.manifest.subagents ?? {});
    if (entries.length >= MAX_AGENTS) return [tooMany(agent, entries.length)];
    trail.push(agent);
    const problems = entries.flatMap(([name, { manifest }]) => fill(agent, name, manifest, origin));
    trail.pop();
    const once = unique(problems);
    finished.set(agent, once);
    return once;
  }

  function fill(agent: Agent, name: string, manifest: string | Manifest, origin: Origin): Problem[] {
    const pointer = pointerOf('subagents', name, 'manifest');
    const problem: Report = (code, message, help) => ({
      code,
      message,
      ...(help ? { help } : {}),
      ...placed(agent.place(pointer, 'value')),
    });
    const found =
      typeof manifest === 'string' ? follow(manifest, origin, problem) : inline(agent, name, manifest, origin);
    // What has no place of its own is shown where it is asked for.
    if ('problems' in found)
      return found.problems.map((other) => ({ ...placed(agent.place(pointer, 'value')), ...other }));
    const start = trail.indexOf(found.agent);
    if (start >= 0) {
      const loop = [...trail.slice(start), found.agent].map(({ id }) => `\`${id}\``).join(' → ');
      return [problem('subagent-loop', `subagents form a loop: ${loop}`, 'remove one of these references')];
    }
    if (trail.length >= MAX_DEPTH) return [problem('too-deep', `subagents nest more than ${MAX_DEPTH} deep`)];
    agent.subagents[name] = found.agent;
    return resolveTree(found.agent, found.origin);
  }

  function follow(reference: string, origin: Origin, problem: Report): Found {
    const refuse = (...words: Parameters<Report>): Found => ({ problems: [problem(...words)] });
    const hash = reference.lastIndexOf('#');
    const [path, id] = hash < 0 ? [reference, undefined] : [reference.slice(0, hash), reference.slice(hash + 1)];
    if (isAbsolute(path))
      return refuse('outside-root', `\`${path}\` is absolute`, 'write a path relative to this file');
    const full = resolve(origin.folder, path);
    if (path !== '' && !isInside(origin.root, full, from)) {
      return refuse(
        'outside-root',
        `\`${path}\` is outside the project`,
        'keep the manifests of a tree in one repository',
      );
    }
    const loaded: Loaded<readonly Agent[]> = path === '' ? { state: 'ok', value: origin.agents } : read(full);
    if (loaded.state === 'missing')
      return refuse('dangling-name', `there is no file \`${path}\``, 'the path is relative to this file');
    if (loaded.state !== 'ok') return loaded;
    const agents = loaded.value;
    const ids = agents.map((agent) => agent.id);
    const [only] = agents;
    if (id === undefined && agents.length > 1) {
      return refuse(
        'ambiguous-agent',
        `\`${path}\` holds ${agents.length} agents`,
        `say which one: \`${path}#${ids[0]}\``,
      );
    }
    const agent = id === undefined ? only : agents.find((candidate) => candidate.id === id);
    if (!agent) return refuse('dangling-name', `\`${reference}\` names no agent`, didYouMean(id ?? '', ids));
    return { agent, origin: path === '' ? origin : { folder: dirname(full), agents, root: origin.root } };
  }

  return (root, origin) => {
    const problems = resolveTree(root, origin);
    return problems.length > 0 ? problems : treeProblems(root);
  };
}

type Report = (code: string, message: string, help?: string) => Problem;

/** What only the whole tree shows. */
function treeProblems(root: Agent): Problem[] {
  const agents = agentsOf(root);
  if (agents.length > MAX_AGENTS) return [tooMany(root, agents.length - 1)];
  const first = new Map<string, Agent>();
  return agents.flatMap((agent) => {
    const other = first.get(agent.id);
    if (!other) first.set(agent.id, agent);
    return other ? [sameId(agent, other, 'this tree')] : [];
  });
}

function tooMany(agent: Agent, subagents: number): Problem {
  const message = `\`${agent.id}\` has ${subagents} subagents, and at most ${MAX_AGENTS - 1} are assessed together`;
  return { code: 'too-many-agents', message, help: 'split the tree', ...placed(agent.place('/subagents', 'key')) };
}

function inline(agent: Agent, name: string, manifest: Manifest, origin: Origin): Found {
  const pointer = pointerOf('subagents', name, 'manifest');
  const place: Agent['place'] = (inner, at) => agent.place(`${pointer}${inner}`, at);
  const { file, document, given } = agent;
  const base = `${agent.base}${pointer}`;
  const made = { id: manifest.agent.id, manifest, file, document, base, place, subagents: {} };
  return { agent: given ? { ...made, given } : made, origin };
}

function unique(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
