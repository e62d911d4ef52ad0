import type { Agent } from '../manifest/tree.ts';

export interface AgentPair {
  base: Agent | undefined;
  head: Agent | undefined;
}

/** Which agent was which: by id in the same file, then by id, then by its place in a file. */
export function pairsOf(base: readonly Agent[], head: readonly Agent[]): AgentPair[] {
  const ways: ((agent: Agent) => string)[] = [
    ({ id, file }) => JSON.stringify([id, file]),
    ({ id }) => id,
    ({ file, document }) => JSON.stringify([file, document]),
  ];
  const partners = new Map<Agent, Agent>();
  let left = [...base];
  for (const way of ways) {
    for (const agent of head) {
      if (partners.has(agent)) continue;
      const found = left.find((other) => way(other) === way(agent));
      if (!found) continue;
      partners.set(agent, found);
      left = left.filter((other) => other !== found);
    }
  }
  return [
    ...head.map((agent) => ({ base: partners.get(agent), head: agent })),
    ...left.map((agent) => ({ base: agent, head: undefined })),
  ];
}
