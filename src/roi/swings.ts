import { ROI_MONTHS, type RoiModel, type RoiPlan, type RoiSwing } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { expectedNet, means, quantileOf } from './expected.ts';

/** Below this a swing is noise of rounding. */
const LEAST_USD = 1;

/** One input at a time at its P10 and at its P90, all others at their mean: what that does to the expected net, the widest first. */
export function swingsOf(model: RoiModel, plan: RoiPlan, given: ReadonlySet<RoiInput>): RoiSwing[] {
  const values = means(model);
  const netWith = (input: RoiInput, value: number) =>
    expectedNet(model.facts, { ...values, [input]: value }, plan, ROI_MONTHS / 12);
  return ROI_INPUT_NAMES.map((input): RoiSwing => {
    const quantile = quantileOf(input, model);
    const [low, high] = [quantile(0.1), quantile(0.9)];
    const { about, unit } = ROI_INPUTS[input];
    const [netAtLow, netAtHigh] = [netWith(input, low), netWith(input, high)];
    return { input, about, unit, low, high, netAtLow, netAtHigh, isDefault: !given.has(input) };
  })
    .filter((swing) => widthOf(swing) >= LEAST_USD)
    .sort((a, b) => widthOf(b) - widthOf(a));
}

const widthOf = ({ netAtLow, netAtHigh }: RoiSwing) => Math.abs(netAtHigh - netAtLow);
