import type { RoiInput } from '../model/roi-inputs.ts';
import type { Default } from './assumptions/define.ts';
import { INCIDENTS } from './assumptions/incidents.ts';
import { MEASURES } from './assumptions/measures.ts';
import { WORK } from './assumptions/work.ts';

/** What is assumed where nobody says otherwise. The compiler refuses an input without a default. */
export const DEFAULTS: Record<RoiInput, Default> = { ...INCIDENTS, ...WORK, ...MEASURES };
