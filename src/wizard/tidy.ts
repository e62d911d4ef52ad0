import type { Agent } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { everyTool, toolsOf } from './tree.ts';

const OF_A_WRITE = ['reversible', 'impact'] as const;
/** As people read them. */
const ORDER = ['effect', 'reversible', 'impact', 'egress', 'arbitrary', 'access'] as const;
const IMPLIED = ['effect', 'reversible', 'impact', 'egress'] as const;

/**
 * Without facts that answers gave and other answers made pointless: those of a write for a read, any for what runs anything,
 * and that something does not where its effect says so already.
 */
export function tidied(agent: Agent, base: Agent): Agent {
  const before = new Map(toolsOf(base).map(({ tool, facts }) => [tool, facts]));
  return everyTool(agent, (tool, facts) => {
    const had = before.get(tool) ?? {};
    const pointless: readonly (keyof ToolFacts)[] =
      facts.arbitrary === true
        ? IMPLIED
        : [
            ...(facts.effect === 'read' ? OF_A_WRITE : []),
            ...(facts.effect === undefined ? [] : ['arbitrary' as const]),
          ];
    const dropped = new Set(pointless.filter((field) => had[field] === undefined));
    const added = ORDER.filter(
      (field) => facts[field] !== undefined && had[field] === undefined && !dropped.has(field),
    );
    return { ...had, ...Object.fromEntries(added.map((field) => [field, facts[field]])) };
  });
}
