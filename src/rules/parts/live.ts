import { serverOf } from '../../manifest/names.ts';
import type { Agent } from '../../manifest/tree.ts';
import type { ToolFacts } from '../../model/manifest.ts';

/** The tools that the agent may call at all. */
export function liveTools({ manifest }: Agent): [string, ToolFacts][] {
  return Object.entries(manifest.tools).filter(([, { access }]) => access !== 'deny');
}

/** The servers that a call can reach. An agent without `mcpServers` of its own may use those of any agent in its tree. */
export function liveServers(agent: Agent, agents: readonly Agent[]): Set<string> {
  const sharers = agents.filter((other) => other === agent || other.manifest.mcpServers === undefined);
  const names = sharers.flatMap((other) => liveTools(other).map(([tool]) => serverOf(tool)));
  return new Set(names.filter((name) => name !== undefined));
}

/** Names in `${…}` anywhere in a server's entry, and the names of its environment. */
export function variablesOf(agent: Agent, server: string): Set<string> {
  const entry = agent.manifest.mcpServers?.[server] ?? {};
  const named = [...JSON.stringify(entry).matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name]) => name ?? '');
  return new Set([...named, ...Object.keys(entry.env ?? {})]);
}
