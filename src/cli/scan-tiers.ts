import { assess } from '../assess/assess.ts';
import { agentOf } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { PinnedTool } from '../model/pins.ts';
import type { PinChange, TierSpan } from '../model/scan-report.ts';
import type { Moved } from '../scan/pins/check.ts';

/** Each change with the tier of an agent that reads private data and strangers' text, and may use this tool unasked. */
export function withTiers(moved: readonly Moved[]): PinChange[] {
  return moved.map(({ before, now, ...change }) => ({ ...change, tier: { from: tierOf(before), to: tierOf(now) } }));
}

/** Alone, a tool that sends data anywhere does no harm; beside what most agents read, it does. */
function tierOf(tool: PinnedTool | undefined): TierSpan | null {
  if (tool === undefined) return null;
  const agent = agentOf({
    agent: { id: 'scan' },
    autonomy: { review: 'none' },
    inputs: { untrusted: true },
    data: { private: { classification: 'confidential' } },
    tools: { 'desk/look': { effect: 'read', data: ['private'], egress: 'none' }, 'server/tool': factsOf(tool.facts) },
  });
  const { floor, ceiling } = assess(agent);
  return { floor, ceiling };
}

/** What is unknown is left out: an absent field is unknown. */
export function factsOf({ effect, reversible, impact, egress, arbitrary, sensitive }: PinnedTool['facts']): ToolFacts {
  return {
    ...(effect === 'unknown' ? {} : { effect }),
    ...(typeof reversible === 'boolean' ? { reversible } : {}),
    ...(impact === 'unknown' || effect === 'read' ? {} : { impact }),
    ...(egress === 'unknown' ? {} : { egress }),
    ...(arbitrary === true ? { arbitrary } : {}),
    ...(sensitive === 'unknown' ? {} : { data: sensitive ? ['private'] : [] }),
  };
}
