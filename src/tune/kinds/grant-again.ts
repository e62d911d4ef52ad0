import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { counted, evidenceOf, periodWords } from '../evidence.ts';
import { LEAST_REGRANTED } from '../thresholds.ts';

export const kind = defineKind({
  id: 'grant-again',
  title: 'let a person decide about a denied tool whose refused calls were granted by hand afterwards',
  why: 'a denial that is worked around every time protects nothing, and what works around it is on no record',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, { access }]) => {
      const own = view.use.tools.get(tool);
      if (access !== 'deny' || own === undefined || own.regranted < LEAST_REGRANTED) return [];
      const pointer = pointerOf('tools', tool, 'access');
      const days = new Set([...own.terms.values()].flatMap(({ days: each }) => [...each.keys()]));
      return [
        {
          direction: 'loosen' as const,
          subject: tool,
          pointer,
          text: `ask a person about \`${tool}\` (\`access: ask\`) where it is denied now`,
          because: `${counted(own.regranted, 'call')} that were refused ran later with the very same arguments, under another policy or with an approval, ${periodWords(own)}`,
          evidence: evidenceOf(own, days.size),
          approvalsPerDay: days.size === 0 ? 0 : Math.round((own.regranted / days.size) * 10) / 10,
          patch: [put(view.agent, pointer, 'ask')],
        },
      ];
    }),
});
