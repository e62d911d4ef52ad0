import type { Agent } from '../manifest/tree.ts';
import { canonicalJson } from '../source/record.ts';
import type { Side } from './side.ts';

type Sided = Pick<Side, 'agents' | 'known'>;

export interface AgentPair {
  base: Agent | undefined;
  head: Agent | undefined;
}

type Way = (agent: Agent, known: Sided['known']) => string;

/** Which agent was which: by id in the same file, then by id, then by its place in a file, then by all but its id. */
export function pairsOf(base: Sided, head: Sided): AgentPair[] {
  const ways: Way[] = [
    ({ id, file }, known) => JSON.stringify([id, known(file)]),
    ({ id }) => id,
    ({ file, document }, known) => JSON.stringify([known(file), document]),
    ({ manifest: { agent, ...rest } }) => canonicalJson({ ...rest, agent: { ...agent, id: '', name: '' } }),
  ];
  const partners = new Map<Agent, Agent>();
  const left = new Set(base.agents);
  for (const way of ways) {
    const waiting = grouped(left, (agent) => way(agent, base.known));
    for (const agent of head.agents) {
      if (partners.has(agent)) continue;
      const found = waiting.get(way(agent, head.known))?.shift();
      if (!found) continue;
      partners.set(agent, found);
      left.delete(found);
    }
    if (left.size === 0) break;
  }
  return [
    ...head.agents.map((agent) => ({ base: partners.get(agent), head: agent })),
    ...[...left].map((agent) => ({ base: agent, head: undefined })),
  ];
}

function grouped(agents: Iterable<Agent>, keyOf: (agent: Agent) => string): Map<string, Agent[]> {
  const groups = new Map<string, Agent[]>();
  for (const agent of agents) {
    const key = keyOf(agent);
    const group = groups.get(key);
    if (group) group.push(agent);
    else groups.set(key, [agent]);
  }
  return groups;
}
