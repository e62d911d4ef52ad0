import type { RoiCalls, RoiFacts, RoiModel, RoiPlan, RoiRange } from '../../src/model/roi.ts';
import { ROI_INPUT_NAMES, type RoiInput } from '../../src/model/roi-inputs.ts';
import { DEFAULTS } from '../../src/roi/assumptions.ts';

export const point = (value: number): RoiRange => ({ low: value, likely: value, high: value });
export const range = (low: number, likely: number, high: number): RoiRange => ({ low, likely, high });

export const calls = (stated: number, more: Partial<RoiCalls> = {}): RoiCalls => ({
  stated,
  unstated: 0,
  maybeStated: 0,
  maybeUnstated: 0,
  ...more,
});

/** An agent that can do nothing. */
export const IDLE: RoiFacts = {
  actions: calls(0),
  commands: calls(0),
  undoable: calls(0),
  hijack: 'no',
  disclosure: 'no',
  disclosed: 'confidential',
  longLived: { surely: 0, maybe: 0 },
  actionCap: null,
  callUsd: 0,
  callCap: null,
  usdPerDay: null,
  toolUsdPerDay: null,
  staged: false,
};

export const plan = (more: Partial<RoiPlan> = {}): RoiPlan => ({
  id: 'confirm-writes',
  measures: [],
  gated: calls(0),
  byHand: calls(0),
  promoted: calls(0),
  seen: { actions: 0, commands: 0, hijack: 0, disclosure: 0, undoable: 0 },
  ...more,
});

/** Every input at nothing, but for those given. */
export function inputs(given: Partial<Record<RoiInput, RoiRange>>): RoiModel['inputs'] {
  return Object.fromEntries(ROI_INPUT_NAMES.map((name) => [name, given[name] ?? point(0)])) as RoiModel['inputs'];
}

/** The defaults, but for those given. */
export function defaults(given: Partial<Record<RoiInput, RoiRange>> = {}): RoiModel['inputs'] {
  return Object.fromEntries(
    ROI_INPUT_NAMES.map((name) => {
      const { low, likely, high } = given[name] ?? DEFAULTS[name];
      return [name, { low, likely, high }];
    }),
  ) as RoiModel['inputs'];
}
