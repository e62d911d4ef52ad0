import type { Agent } from '../manifest/tree.ts';
import type { Side } from './side.ts';

type Sided = Pick<Side, 'agents' | 'known'>;

export interface AgentPair {
  base: Agent | undefined;
  head: Agent | undefined;
}

/** Which agent was which: by id in the same file, then by id, then by its place in a file. */
export function pairsOf(base: Sided, head: Sided): AgentPair[] {
  const ways: ((agent: Agent, known: Sided['known']) => string)[] = [
    ({ id, file }, known) => JSON.stringify([id, known(file)]),
    ({ id }) => id,
    ({ file, document }, known) => JSON.stringify([known(file), document]),
  ];
  const partners = new Map<Agent, Agent>();
  let left = [...base.agents];
  for (const way of ways) {
    for (const agent of head.agents) {
      if (partners.has(agent)) continue;
      const found = left.find((other) => way(other, base.known) === way(agent, head.known));
      if (!found) continue;
      partners.set(agent, found);
      left = left.filter((other) => other !== found);
    }
  }
  return [
    ...head.agents.map((agent) => ({ base: partners.get(agent), head: agent })),
    ...left.map((agent) => ({ base: agent, head: undefined })),
  ];
}
