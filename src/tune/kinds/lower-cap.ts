import { pointerOf } from '../../source/pointer.ts';
import { lowerCap, volumeWords } from '../caps.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import {
  counted,
  evidenceOf,
  grantedDays,
  grantsOf,
  lengthOf,
  periodWords,
  shadowWords,
  volumeOf,
} from '../evidence.ts';
import { LEAST_DAYS } from '../thresholds.ts';

/** Calls a day: fewer are soon too few. */
const LEAST_CAP = 5;

export const kind = defineKind({
  id: 'lower-cap',
  title: 'lower a daily cap that is far above use',
  why: 'the cap is what one bad day can cost',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, { maxCallsPerDay: cap, callsPerDay = 0 }]) => {
      const own = view.use.tools.get(tool);
      const isGranted = grantsOf(view, tool).some(({ decision }) => decision !== 'deny');
      const days = grantedDays(view, tool);
      if (cap === undefined || own === undefined || !isGranted) return [];
      if (lengthOf(days) < view.settings.minDays || days.length < LEAST_DAYS) return [];
      const volume = volumeOf('calls a day', own.wanted, own.capped);
      const enough = lowerCap(cap, volume, Math.max(LEAST_CAP, Math.ceil(callsPerDay)));
      if (enough === undefined) return [];
      const pointer = pointerOf('tools', tool, 'maxCallsPerDay');
      return [
        {
          direction: 'tighten' as const,
          subject: tool,
          pointer,
          text: `lower \`maxCallsPerDay\` of \`${tool}\` from ${cap} to ${enough}`,
          because: `${counted(own.calls, 'call')} ${periodWords(own)}${shadowWords(own)}: ${volumeWords(volume)}`,
          evidence: evidenceOf(own, own.wanted.size, { volume }),
          patch: [put(view.agent, pointer, enough)],
        },
      ];
    }),
});
