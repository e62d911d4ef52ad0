import { type Agent, agentsOf } from '../manifest/tree.ts';

/** Which agent of a tree was which in the tree of the base: the roots, then by id, then by its name below the same parent. */
export function partnersOf(base: Agent, head: Agent): ReadonlyMap<Agent, Agent> {
  const partners = new Map([[head, base]]);
  const left = new Map(agentsOf(base).flatMap((agent) => (agent === base ? [] : [[agent.id, agent] as const])));
  const pair = (agent: Agent, other: Agent | undefined) => {
    if (!other || partners.has(agent) || left.get(other.id) !== other) return;
    partners.set(agent, other);
    left.delete(other.id);
  };
  const all = agentsOf(head);
  for (const agent of all) pair(agent, left.get(agent.id));
  // Parents come before what is below them.
  for (const agent of all) {
    for (const [name, subagent] of Object.entries(agent.subagents)) {
      const before = partners.get(agent)?.subagents;
      pair(subagent, before && Object.hasOwn(before, name) ? before[name] : undefined);
    }
  }
  return partners;
}
