import { ROI_SCENARIOS, type RoiFacts, type RoiModel, type RoiPlan } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { lognormalQuantile, meanOf, pertMean, pertQuantile, type Quantile } from './distributions.ts';
import { addedBy, leftBy, leftOf, lossOf, reviewOf, savedBy } from './net.ts';
import { lossInput, type Values, yearOf } from './year.ts';

/** How an input is spread: what one event costs, or what holds for a whole year. */
export function quantileOf(input: RoiInput, { inputs }: Pick<RoiModel, 'inputs'>): Quantile {
  return ROI_INPUTS[input].drawn === 'event' ? lognormalQuantile(inputs[input]) : pertQuantile(inputs[input]);
}

/** Every input at its mean. */
export function means(model: Pick<RoiModel, 'inputs'>): Values {
  const values = {} as Values;
  for (const name of ROI_INPUT_NAMES)
    values[name] = ROI_INPUTS[name].drawn === 'event' ? meanOf(quantileOf(name, model)) : pertMean(model.inputs[name]);
  return values;
}

/** Net benefit a year where every input has one value and incidents happen as often as expected; building over three years. */
export function expectedNet(facts: RoiFacts, v: Values, plan: RoiPlan, years: number): number {
  const year = yearOf(facts, v);
  const { asked, caught } = reviewOf(year, plan);
  const left = leftBy(year, plan, caught);
  const { build, ...running } = addedBy(facts, year, plan, asked);
  let net = -build / years;
  for (const usd of Object.values(savedBy(facts, year, plan, caught))) net += usd;
  for (const usd of Object.values(running)) net -= usd;
  for (const scenario of ROI_SCENARIOS) {
    const drawn = v[lossInput(facts, scenario)];
    const loss = lossOf(facts, year, scenario, drawn);
    const still = left[scenario].happens * leftOf(facts, year, plan, scenario, drawn, left[scenario]);
    net += year.events[scenario] * (loss - still);
  }
  return net;
}
