import type { ToolFacts } from '../../../model/manifest.ts';
import { toolName } from '../named-servers.ts';
import { textsOf } from '../references.ts';

const MOST = 100;
const unasked: ToolFacts = { effect: 'read', egress: 'none', access: 'allow' };

/** What these start is counted where it has its tools; an agent that is not in the file may do anything. */
export function handOver(
  { sub_agents, handoffs }: Record<string, unknown>,
  isAway: boolean,
): Record<string, ToolFacts> {
  return {
    ...(textsOf(sub_agents).length > 0 ? { transfer_task: unasked } : {}),
    ...(textsOf(handoffs).length > 0 ? { handoff: unasked } : {}),
    ...(isAway ? { 'agents/*': {} } : {}),
  };
}

/** Documents that it can search, each under a name. */
export function sourcesOf({ rag }: Record<string, unknown>): Record<string, ToolFacts> {
  const names = textsOf(rag).slice(0, MOST);
  return Object.fromEntries(names.map((name) => [toolName(name.replaceAll('/', '-')) ?? 'rag', unasked]));
}
