import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { counted, evidenceOf, grantsOf, onTheseTerms, periodWords, shadowWords } from '../evidence.ts';
import { quietGate } from '../quiet-gate.ts';
import { narrowed } from '../schema.ts';
import { LEAST_CALLS, LEAST_DAYS } from '../thresholds.ts';

export const kind = defineKind({
  id: 'narrow-arguments',
  title: 'hold the arguments to what they always were',
  why: 'a schema that lets in a thousand times what is ever asked for bounds nothing on the day it matters',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, { arguments: before, record = [] }]) => {
      const isGranted = grantsOf(view, tool).some(({ decision }) => decision !== 'deny');
      // The tools behind a wildcard have arguments of their own, and a gate of its own kind has its own proposal.
      if (!isGranted || record.length === 0 || tool.endsWith('/*') || quietGate(view, tool)?.isHighStakes) return [];
      const use = onTheseTerms(view, tool);
      if (use.looked < LEAST_CALLS || use.days.size < LEAST_DAYS) return [];
      const { schema, bounds, unknown } = narrowed(before, record, use.fields, use.looked);
      if (bounds.length === 0) return [];
      const pointer = pointerOf('tools', tool, 'arguments');
      return [
        {
          direction: 'tighten' as const,
          subject: tool,
          pointer,
          text: `hold the arguments of \`${tool}\` to what they were: ${bounds.join('; ')}`,
          because: `${counted(use.looked, 'call')} ${periodWords(use)}${shadowWords(use)}, and none beyond that`,
          evidence: evidenceOf(use, use.days.size),
          unknown,
          patch: [put(view.agent, pointer, schema)],
        },
      ];
    }),
});
