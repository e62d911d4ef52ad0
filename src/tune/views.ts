import { isOwn } from '../lint/given.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { AgentPolicy, Policy } from '../model/policy.ts';
import { buildPolicy } from '../policy/build.ts';
import type { AgentView, TuneSettings } from './define.ts';
import type { Observed } from './observe.ts';

export interface Seat {
  agent: Agent;
  /** The roots of the trees that it is in. */
  roots: Agent[];
}

/** Every agent of some trees, once, with the trees that it is in. */
export function seatsOf(roots: readonly Agent[]): Map<string, Seat> {
  const seats = new Map<string, Seat>();
  for (const root of roots)
    for (const agent of agentsOf(root)) {
      const seat = seats.get(agent.id) ?? { agent, roots: [] };
      seat.roots.push(root);
      seats.set(agent.id, seat);
    }
  return seats;
}

/** Records name an agent by its id: of two manifests with one id nobody knows which it was. */
export function doubles(roots: readonly Agent[]): Problem[] {
  const homes = new Map<string, Agent>();
  const problems = new Map<string, Problem>();
  for (const agent of roots.flatMap(agentsOf)) {
    const other = homes.get(agent.id) ?? agent;
    homes.set(agent.id, other);
    if (other.file === agent.file && other.document === agent.document && other.base === agent.base) continue;
    problems.set(agent.id, {
      code: 'two-agents',
      message: `there are two manifests of \`${agent.id}\`, and records name an agent by its id alone`,
      help: `name the one that is meant: \`${other.file}\` or \`${agent.file}\``,
      file: agent.file,
    });
  }
  return [...problems.values()];
}

/** The policies of some trees, in their order. */
export function policiesOf(roots: readonly Agent[]): Loaded<Policy[]> {
  const policies: Policy[] = [];
  for (const root of roots) {
    const built = buildPolicy(root);
    if (built.state !== 'ok') return built;
    policies.push(built.value);
  }
  return { state: 'ok', value: policies };
}

export interface Known {
  observed: Observed;
  policies: ReadonlyMap<string, Policy>;
  settings: TuneSettings;
}

/** Every agent of the trees with what the records say about it. */
export function viewsOf(roots: readonly Agent[], { observed, policies, settings }: Known): AgentView[] {
  const now = policiesOf(roots);
  if (now.state !== 'ok') return [];
  return [...seatsOf(roots)].flatMap(([id, { agent }]) => {
    const use = observed.agents.get(id);
    if (use === undefined) return [];
    const own = (policy: Policy): AgentPolicy[] =>
      Object.hasOwn(policy.agents, id) && policy.agents[id] ? [policy.agents[id]] : [];
    return [
      {
        agent,
        now: now.value.flatMap(own),
        past: new Map([...policies].flatMap(([digest, policy]) => own(policy).map((each) => [digest, each] as const))),
        use,
        tree: roots.some((root) => root.id === id) ? observed.trees.get(id) : undefined,
        settings,
      },
    ];
  });
}

/** Does a change write into what the organisation says? */
export const isForeign = (patch: Parameters<typeof isOwn>[0], roots: readonly Agent[]): boolean =>
  !isOwn(patch, roots.flatMap(agentsOf));
