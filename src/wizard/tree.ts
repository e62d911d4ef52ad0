import type { Agent } from '../manifest/tree.ts';
import { agentsOf } from '../manifest/tree.ts';
import type { Manifest, ToolFacts } from '../model/manifest.ts';

/** The agent and those below it, each manifest changed. */
export function everyManifest(root: Agent, change: (manifest: Manifest) => Manifest): Agent {
  const made = new Map<Agent, Agent>();
  const visit = (agent: Agent): Agent => {
    const known = made.get(agent);
    if (known) return known;
    const copy: Agent = { ...agent, manifest: change(agent.manifest), subagents: {} };
    made.set(agent, copy);
    for (const [name, subagent] of Object.entries(agent.subagents)) copy.subagents[name] = visit(subagent);
    return copy;
  };
  return visit(root);
}

/** Only the manifest of the agent itself. */
export function ownManifest(agent: Agent, change: (manifest: Manifest) => Manifest): Agent {
  return { ...agent, manifest: change(agent.manifest) };
}

/** Facts of tools by their names. What is said of a name is said of it everywhere in the tree. */
export function everyTool(root: Agent, change: (tool: string, facts: ToolFacts) => ToolFacts): Agent {
  return everyManifest(root, (manifest) => ({
    ...manifest,
    tools: Object.fromEntries(
      Object.entries(manifest.tools).map(([tool, facts]) => [tool, isRest(tool) ? facts : change(tool, facts)]),
    ),
  }));
}

/** `server/*`: tools that nobody has seen, of which nothing can be said. */
export const isRest = (tool: string): boolean => tool.endsWith('/*');

/** Every tool of the tree that is not denied, once for each agent that has it. */
export function toolsOf(root: Agent): { tool: string; facts: ToolFacts }[] {
  return agentsOf(root).flatMap(({ manifest }) =>
    Object.entries(manifest.tools)
      .filter(([, { access }]) => access !== 'deny')
      .map(([tool, facts]) => ({ tool, facts })),
  );
}
