import { serverOf } from '../manifest/names.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { everyManifest, isRest } from './tree.ts';

/**
 * The agent with one tool for all those of a server that are alike, before the answers and with them. Every answer that is
 * tried out is about all tools or none, so that what it leads to is the same; and ten thousand tools cost what ten do.
 */
export function sampled(base: Agent, now: Agent): Agent {
  const after = new Map<string, ToolFacts>();
  for (const { manifest } of agentsOf(now)) {
    for (const [tool, facts] of Object.entries(manifest.tools)) after.set(`${manifest.agent.id} ${tool}`, facts);
  }
  return everyManifest(base, (manifest) => {
    const groups = new Map<string, { tool: string; facts: ToolFacts; calls: number | undefined }>();
    for (const [tool, { callsPerDay, ...facts }] of Object.entries(manifest.tools)) {
      const { callsPerDay: _, ...said } = after.get(`${manifest.agent.id} ${tool}`) ?? {};
      const server = serverOf(tool);
      const own = server === undefined || isRest(tool) ? tool : server;
      const key = JSON.stringify([own, callsPerDay === undefined, facts, said]);
      const group = groups.get(key);
      if (group) group.calls = group.calls === undefined ? undefined : group.calls + (callsPerDay ?? 0);
      else groups.set(key, { tool, facts, calls: callsPerDay });
    }
    const tools = [...groups.values()].map(({ tool, facts, calls }): [string, ToolFacts] => [
      tool,
      calls === undefined ? facts : { ...facts, callsPerDay: calls },
    ]);
    return { ...manifest, tools: Object.fromEntries(tools) };
  });
}
