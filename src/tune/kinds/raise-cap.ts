import { pointerOf } from '../../source/pointer.ts';
import { raiseCap, volumeWords } from '../caps.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { counted, evidenceOf, grantsOf, periodWords, shadowWords, volumeOf } from '../evidence.ts';

export const kind = defineKind({
  id: 'raise-cap',
  title: 'raise a daily cap that ordinary days run into',
  why: 'an agent that is stopped in the middle of its work every day is given a way around the cap, or switched off',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, { maxCallsPerDay: cap }]) => {
      const own = view.use.tools.get(tool);
      const grants = grantsOf(view, tool).filter(({ decision }) => decision !== 'deny');
      if (cap === undefined || own === undefined || grants.length === 0) return [];
      const volume = volumeOf('calls a day', own.distinct, own.capped);
      const raised = raiseCap(cap, own.distinct, volume.refusedDays);
      // Cents are capped, and calls are counted.
      const enough = raised === undefined ? undefined : Math.ceil(raised);
      if (enough === undefined) return [];
      const pointer = pointerOf('tools', tool, 'maxCallsPerDay');
      const isAlone = grants.some(({ decision, highStakes }) => decision === 'allow' && highStakes.length > 0);
      const refused =
        volume.refusedDays > 0
          ? `calls were refused${own.shadow > 0 ? ', or would have been,' : ''} on ${counted(volume.refusedDays, 'day')}`
          : 'the cap was nearly reached';
      return [
        {
          direction: 'loosen' as const,
          subject: tool,
          pointer,
          text: `raise \`maxCallsPerDay\` of \`${tool}\` from ${cap} to ${enough}`,
          because: `${refused}: of ${counted(own.calls, 'call')} ${periodWords(own)}${shadowWords(own)}, those refused among them and each counted once a day, ${volumeWords(volume)}`,
          evidence: evidenceOf(own, own.wanted.size, { volume }),
          unknown: ['whether the same call again on one day was another try or another need'],
          patch: [put(view.agent, pointer, enough)],
          ...(isAlone ? { held: 'it is high-stakes and runs without a person: its cap stands in for the gate' } : {}),
        },
      ];
    }),
});
