import type { ToolFacts } from '../../model/manifest.ts';
import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { type AgentView, defineKind } from '../define.ts';
import { evidenceOf, volumeOf } from '../evidence.ts';
import { gateWords, quietGate } from '../quiet-gate.ts';
import { narrowed } from '../schema.ts';
import { HEADROOM, roundedUp } from '../thresholds.ts';

export const kind = defineKind({
  id: 'bound-gate',
  title: 'bound a high-stakes tool that people always approved; its gate stays',
  why: 'what people approve every time can be written down, and what is written down is held to on the day nobody reads',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, facts]) => {
      const gate = quietGate(view, tool);
      if (!gate?.isHighStakes) return [];
      const { use, answers } = gate;
      const cap = facts.maxCallsPerDay === undefined ? capFor(view, tool, facts) : undefined;
      const { schema, bounds, unknown } = narrowed(facts.arguments, facts.record ?? [], use.fields, use.looked);
      if (cap === undefined && bounds.length === 0) return [];
      const parts = [...(cap === undefined ? [] : [`\`maxCallsPerDay: ${cap}\``]), ...bounds];
      const own = pointerOf('tools', tool);
      const volume = volumeOf('calls a day', view.use.tools.get(tool)?.wanted ?? new Map());
      return [
        {
          direction: 'tighten' as const,
          subject: tool,
          pointer: own,
          text: `bound \`${tool}\`, and keep its gate: ${parts.join('; ')}`,
          because: gateWords(gate),
          evidence: evidenceOf(use, use.days.size, { answers, volume }),
          unknown: [
            ...unknown,
            ...(facts.because === undefined ? ['why these bounds are enough: `because` is for people to write'] : []),
          ],
          patch: [
            ...(cap === undefined ? [] : [put(view.agent, `${own}/maxCallsPerDay`, cap)]),
            ...(bounds.length === 0 ? [] : [put(view.agent, `${own}/arguments`, schema)]),
          ],
        },
      ];
    }),
});

function capFor({ use }: AgentView, tool: string, { callsPerDay = 0 }: ToolFacts): number {
  const { max } = volumeOf('calls a day', use.tools.get(tool)?.wanted ?? new Map());
  return Math.max(roundedUp(HEADROOM * max), Math.ceil(callsPerDay), 1);
}
