import { ROI_SCENARIOS, type RoiModel, type RoiScenario, type RoiSimulation } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { lognormalQuantile, meanOf, pertQuantile, type Quantile } from './distributions.ts';
import { drawEvents } from './events.ts';
import { byScenario, type Future, YEARS } from './future.ts';
import { lossOf } from './net.ts';
import { randomOf } from './random.ts';
import { spreadOf } from './spread.ts';
import { tallyFor } from './tally.ts';
import { lossInput, type Values, yearOf } from './year.ts';

export interface Drawing {
  /** Simulated futures. */
  draws: number;
  seed: number;
}

/** What every option does to the same simulated futures. Pure: the same model, draws and seed give the same numbers. */
export function simulate(model: RoiModel, drawing: Drawing): RoiSimulation {
  const sizes = byScenario((scenario) => lognormalQuantile(model.inputs[lossInput(model.facts, scenario)]));
  const baseline = baselineFor(model, drawing.draws);
  const tallies = model.plans.map((plan) => tallyFor(model.facts, plan, drawing.draws));
  const next = futures(model, sizes, drawing.seed);
  for (let index = 0; index < drawing.draws; index++) {
    const future = next();
    baseline.add(future, index);
    for (const tally of tallies) tally.add(future, index);
  }
  return { baseline: baseline.total(), outcomes: tallies.map((tally) => tally.outcome()) };
}

/** One simulated future after the other: thousands of them would not fit side by side. */
function futures({ facts, inputs }: RoiModel, sizes: Record<RoiScenario, Quantile>, seed: number): () => Future {
  const values = {} as Values;
  for (const name of ROI_INPUT_NAMES) values[name] = fixed(inputs[name], name);
  const moving = ROI_INPUT_NAMES.filter((name) => ROI_INPUTS[name].drawn === 'year').map((name) => ({
    name,
    quantile: pertQuantile(inputs[name]),
    random: randomOf(seed, name),
  }));
  let index = 0;
  const names = byScenario((scenario) => `${scenario} of ${seed}`);
  const luck = byScenario((scenario) => randomOf(seed, `events of ${scenario}`));
  const events: Future['events'] = byScenario(() => []);
  return () => {
    for (const { name, quantile, random } of moving) values[name] = quantile(random());
    const year = yearOf(facts, values);
    for (const scenario of ROI_SCENARIOS)
      events[scenario] = drawEvents(
        year.events[scenario] * YEARS,
        luck[scenario](),
        () => randomOf(index, names[scenario]),
        sizes[scenario],
      );
    index++;
    return { year, events };
  };
}

/** Losses are drawn for each event; their mean stands where one number is asked for. */
function fixed(range: RoiModel['inputs'][RoiInput], name: RoiInput): number {
  return ROI_INPUTS[name].drawn === 'event' ? meanOf(lognormalQuantile(range)) : range.likely;
}

function baselineFor({ facts }: RoiModel, draws: number) {
  const incidents = new Float64Array(draws);
  const incidentsBy = byScenario(() => 0);
  const eventsBy = byScenario(() => 0);
  return {
    add({ year, events }: Future, index: number): void {
      for (const scenario of ROI_SCENARIOS) {
        for (const { size, weight } of events[scenario]) {
          const loss = (weight * lossOf(facts, year, scenario, size)) / YEARS;
          incidents[index] = (incidents[index] ?? 0) + loss;
          incidentsBy[scenario] += loss / draws;
          eventsBy[scenario] += weight / YEARS / draws;
        }
      }
    },
    total: (): RoiSimulation['baseline'] => ({ incidents: spreadOf(incidents), incidentsBy, eventsBy }),
  };
}
