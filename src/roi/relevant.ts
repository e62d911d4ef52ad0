import { ROI_MONTHS, type RoiInference, type RoiModel } from '../model/roi.ts';
import { ROI_INPUT_NAMES, type RoiInput } from '../model/roi-inputs.ts';
import { expectedNet, means } from './expected.ts';
import { BILL_INPUTS } from './inference.ts';

/** The inputs that bear on this agent: those that change what some option or its models cost. */
export function bearing(model: RoiModel, { bills }: RoiInference): RoiInput[] {
  const values = means(model);
  const nets = (v: typeof values) =>
    model.plans.map((plan) => expectedNet(model.facts, v, plan, ROI_MONTHS / 12)).join();
  const now = nets(values);
  const ofBill = (input: RoiInput) => bills.length > 0 && BILL_INPUTS.some((name) => name === input);
  return ROI_INPUT_NAMES.filter(
    (input) => ofBill(input) || nets({ ...values, [input]: values[input] * 1.1 + 0.01 }) !== now,
  );
}
