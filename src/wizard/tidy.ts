import type { Agent } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { everyTool, toolsOf } from './tree.ts';

const OF_A_WRITE = ['reversible', 'impact'] as const;
const IMPLIED = ['effect', 'reversible', 'impact', 'egress'] as const;

/** Without facts that answers gave and other answers made pointless: those of a write for a read, any for what runs anything. */
export function tidied(agent: Agent, base: Agent): Agent {
  const before = new Map(toolsOf(base).map(({ tool, facts }) => [tool, facts]));
  return everyTool(agent, (tool, facts) => {
    const pointless = facts.arbitrary === true ? IMPLIED : facts.effect === 'read' ? OF_A_WRITE : [];
    const kept: ToolFacts = { ...facts };
    for (const field of pointless) if (before.get(tool)?.[field] === undefined) delete kept[field];
    return kept;
  });
}
