import {
  ROI_ADDED,
  ROI_AVOIDED,
  ROI_MONTHS,
  ROI_SCENARIOS,
  type RoiFacts,
  type RoiOutcome,
  type RoiPlan,
} from '../model/roi.ts';
import { byScenario, type Future, YEARS } from './future.ts';
import { addedBy, leftBy, leftOf, lossOf, reviewOf, savedBy } from './net.ts';
import { spreadOf } from './spread.ts';

export interface Tally {
  add(future: Future, index: number): void;
  outcome(): RoiOutcome;
}

/** Adds up what one option does to each simulated future. */
export function tallyFor(facts: RoiFacts, plan: RoiPlan, draws: number): Tally {
  const column = () => new Float64Array(draws);
  const [asked, caught, avoided, added, net] = [column(), column(), column(), column(), column()];
  const months = Array.from({ length: ROI_MONTHS + 1 }, column);
  const avoidedBy = zeros(ROI_AVOIDED);
  const addedTo = zeros(ROI_ADDED);
  const incidentsBy = byScenario(() => 0);
  const saved = new Float64Array(ROI_MONTHS + 1);

  /** Fills `saved` month by month. */
  function incidentsIn({ year, events }: Future, caught: number): number {
    const left = leftBy(year, plan, caught);
    let total = 0;
    saved.fill(0);
    for (const scenario of ROI_SCENARIOS) {
      // Most kinds of incident happen in few futures.
      if (events[scenario].length === 0) continue;
      const rest = left[scenario];
      for (const { when, size, luck, weight } of events[scenario]) {
        const still = luck < rest.happens ? leftOf(facts, year, plan, scenario, size, rest) : 0;
        const loss = weight * (lossOf(facts, year, scenario, size) - still);
        const month = Math.ceil(when * ROI_MONTHS);
        saved[month] = (saved[month] ?? 0) + loss;
        incidentsBy[scenario] += loss / YEARS / draws;
        total += loss;
      }
    }
    return total / YEARS;
  }

  return {
    add(future, index) {
      const { year } = future;
      const review = reviewOf(year, plan);
      const routine = savedBy(facts, year, plan, review.caught);
      const costs = addedBy(facts, year, plan, review.asked);
      const incidents = incidentsIn(future, review.caught);
      const yearly = routine.rework + routine.audit + routine.rotation;
      let running = -costs.build;
      for (const line of ROI_ADDED) running += costs[line];
      let total = -costs.build;
      for (let month = 0; month <= ROI_MONTHS; month++) {
        total += saved[month] ?? 0;
        (months[month] as Float64Array)[index] = total + (month / 12) * (yearly - running);
      }
      asked[index] = review.asked;
      caught[index] = review.caught;
      avoided[index] = incidents + yearly;
      added[index] = costs.build / YEARS + running;
      net[index] = incidents + yearly - running - costs.build / YEARS;
      avoidedBy.incidents += incidents / draws;
      for (const line of ['rework', 'audit', 'rotation'] as const) avoidedBy[line] += routine[line] / draws;
      for (const line of ROI_ADDED) addedTo[line] += costs[line] / (line === 'build' ? YEARS : 1) / draws;
    },
    outcome() {
      // Counted before the deciles put the months in another order.
      const paysBackInYear = (months[12] as Float64Array).filter((usd) => usd >= 0).length / draws;
      const byMonth = months.map((usd, month) => ({ month, ...spreadOf(usd) }));
      return {
        id: plan.id,
        net: spreadOf(net),
        avoided: spreadOf(avoided),
        added: spreadOf(added),
        avoidedBy,
        addedBy: addedTo,
        incidentsBy,
        approvalsPerDay: spreadOf(asked),
        catchRate: spreadOf(caught),
        breakEvenMonth: byMonth.find(({ mean }) => mean >= 0)?.month ?? null,
        paysBackInYear,
        months: byMonth,
      };
    },
  };
}

const zeros = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
