import type { Assessment } from '../../../model/assessment.ts';
import { compareTiers } from '../../../model/tiers.ts';

export interface Sheet {
  id: string;
  assessment: Assessment;
}

/** The highest tier first, then the most that is missing. */
export function sheetsOf(results: readonly Assessment[]): Sheet[] {
  return results
    .toSorted((a, b) => compareTiers(b.tier, a.tier) || b.controls.missing.length - a.controls.missing.length)
    .map((assessment, index) => ({ id: `a${index + 1}`, assessment }));
}
