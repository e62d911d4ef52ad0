import type { Classified, ListedTool, Reason, ScannedFact } from '../model/scan.ts';
import { cluesOf } from './clues.ts';
import { powerOf } from './facts/arbitrary.ts';
import { effectOf } from './facts/effect.ts';
import { egressOf } from './facts/egress.ts';
import { impactOf } from './facts/impact.ts';
import { sensitiveOf } from './facts/sensitive.ts';

/**
 * What a tool does, from its listing alone: no network, no model, the same answer every time, and no exception whatever
 * the listing holds. `server` is any name of the server; its words are left out of the tool's.
 */
export function classify(tool: ListedTool, server = ''): Classified {
  const clues = cluesOf(typeof tool === 'object' && tool !== null ? tool : {}, server);
  const power = powerOf(clues);
  const judged = effectOf(clues, power);
  const impact = impactOf(clues, judged, power);
  const sensitive = sensitiveOf(clues, judged, power);
  const egress = egressOf(clues, judged, power);
  const arbitrary =
    judged.effect === 'unknown' && !power
      ? ({ value: 'unknown', clue: 'default', why: 'what it does is not known' } as const)
      : ({
          value: power !== undefined,
          clue: power?.clue ?? 'schema',
          why: power?.why ?? 'no argument is run',
        } as const);
  const because = (fact: ScannedFact, why: string): Reason => ({ fact, why });
  return {
    effect: judged.effect,
    reversible: judged.reversible,
    impact: impact.value,
    sensitive: sensitive.value,
    egress: egress.value,
    arbitrary: arbitrary.value,
    provenance: {
      effect: judged.clue,
      reversible: judged.finalClue,
      impact: impact.clue,
      sensitive: sensitive.clue,
      egress: egress.clue,
      arbitrary: arbitrary.clue,
    },
    because: [
      ...judged.because,
      because('impact', impact.why),
      because('sensitive', sensitive.why),
      because('egress', egress.why),
      because('arbitrary', arbitrary.why),
    ],
  };
}
