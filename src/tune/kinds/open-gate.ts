import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { evidenceOf } from '../evidence.ts';
import { gateWords, quietGate } from '../quiet-gate.ts';

export const kind = defineKind({
  id: 'open-gate',
  title: 'let a tool run that people always approved, where nothing high-stakes hangs on it',
  why: 'people who are asked for what they never refuse stop reading what they approve',
  propose: (view) =>
    Object.keys(view.agent.manifest.tools).flatMap((tool) => {
      const gate = quietGate(view, tool);
      if (gate === undefined || gate.isHighStakes) return [];
      const pointer = pointerOf('tools', tool, 'access');
      const { use, answers, perDay } = gate;
      return [
        {
          direction: 'loosen' as const,
          subject: tool,
          pointer,
          text: `let \`${tool}\` run without asking (\`access: allow\`)`,
          because: gateWords(gate),
          evidence: evidenceOf(use, use.days.size, { answers }),
          approvalsPerDay: -perDay,
          patch: [put(view.agent, pointer, 'allow')],
        },
      ];
    }),
});
