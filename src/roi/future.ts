import { ROI_MONTHS, ROI_SCENARIOS, type RoiScenario } from '../model/roi.ts';
import type { LossEvent } from './events.ts';
import type { Year } from './year.ts';

/** Years that are simulated. */
export const YEARS = ROI_MONTHS / 12;

/** One simulated future with no control. */
export interface Future {
  year: Year;
  events: Record<RoiScenario, LossEvent[]>;
}

export function byScenario<T>(of: (scenario: RoiScenario) => T): Record<RoiScenario, T> {
  return Object.fromEntries(ROI_SCENARIOS.map((scenario) => [scenario, of(scenario)])) as Record<RoiScenario, T>;
}
