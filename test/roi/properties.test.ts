import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ROI_MEASURES,
  type RoiCalls,
  type RoiFacts,
  type RoiModel,
  type RoiPlan,
  type RoiRange,
} from '../../src/model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../../src/model/roi-inputs.ts';
import { simulate } from '../../src/roi/simulate.ts';
import { CASES, holds } from '../arbitraries/cases.ts';

/** Products of what no purse and no clock can tell from nothing would be lost below the smallest number there is. */
const amount = (most: number) =>
  fc.double({ min: 0, max: most, noNaN: true }).map((value) => (value < 1e-9 ? 0 : value));

function rangeBelow(most: number): fc.Arbitrary<RoiRange> {
  return fc
    .tuple(amount(most), amount(most), amount(most))
    .map((three) => three.sort((a, b) => a - b))
    .map(([low = 0, likely = 0, high = 0]) => ({ low, likely, high }));
}

/** Ends that keep a run short: thousands of events a year are tried by themselves. */
const MOST: Partial<Record<RoiInput, number>> = { hijackTries: 20, runaways: 20, actionErrorRate: 0.001 };

const inputs: fc.Arbitrary<RoiModel['inputs']> = fc.record(
  Object.fromEntries(
    ROI_INPUT_NAMES.map((name) => [
      name,
      rangeBelow(MOST[name] ?? (ROI_INPUTS[name].unit === 'share' ? 1 : ROI_INPUTS[name].unit === 'usd' ? 1e6 : 100)),
    ]),
  ) as Record<RoiInput, fc.Arbitrary<RoiRange>>,
);

const calls: fc.Arbitrary<RoiCalls> = fc.record({
  stated: fc.nat(200),
  unstated: fc.nat(2),
  maybeStated: fc.nat(50),
  maybeUnstated: fc.nat(1),
});
const share = amount(1);
const maybe = fc.constantFrom('yes', 'maybe', 'no');
const cap = fc.option(amount(10_000));

const facts: fc.Arbitrary<RoiFacts> = fc.record({
  actions: calls,
  commands: calls,
  undoable: calls,
  hijack: maybe,
  disclosure: maybe,
  disclosed: fc.constantFrom('confidential', 'regulated'),
  longLived: fc.record({ surely: fc.nat(3), maybe: fc.nat(3) }),
  actionCap: cap,
  callUsd: cap,
  callCap: cap,
  usdPerDay: cap,
  toolUsdPerDay: cap,
  staged: fc.boolean(),
});

const plan: fc.Arbitrary<RoiPlan> = fc.record({
  id: fc.constantFrom('light', 'full', 'confirm-writes'),
  measures: fc.subarray([...ROI_MEASURES]),
  gated: calls,
  byHand: calls,
  promoted: calls,
  seen: fc.record({ actions: share, commands: share, hijack: share, disclosure: share, undoable: share }),
});

/** A power of two, by which numbers multiply without rounding: a net of nothing stays nothing. */
const UNIT = 16;

const DRAWING = { draws: 60, seed: 11 };
/** A case is a whole simulation. */
const FEW = Math.ceil(CASES / 4);

describe('whatever the agent, the option and the figures', () => {
  test('every figure is a number, deciles are in order, and nothing avoided is below nothing', () => {
    holds(
      fc.tuple(facts, plan, inputs),
      ([agent, option, given]) => {
        const [outcome] = simulate({ facts: agent, plans: [option], inputs: given }, DRAWING).outcomes;
        if (!outcome) throw new Error('no outcome');
        for (const { p10, p50, p90, mean } of [outcome.net, outcome.avoided, outcome.added, ...outcome.months]) {
          expect([p10, p50, p90, mean].every(Number.isFinite)).toBe(true);
          expect(p10).toBeLessThanOrEqual(p50);
          expect(p50).toBeLessThanOrEqual(p90);
        }
        expect(outcome.avoided.p10).toBeGreaterThanOrEqual(-1e-9);
        expect(outcome.added.p10).toBeGreaterThanOrEqual(0);
        expect(outcome.catchRate.p90).toBeLessThanOrEqual(1);
        expect(outcome.net.mean).toBeCloseTo(outcome.avoided.mean - outcome.added.mean, 3);
        expect(outcome.months[0]?.mean).toBeCloseTo(-3 * outcome.addedBy.build, 3);
        expect((outcome.months[36]?.mean ?? 0) / 3).toBeCloseTo(outcome.net.mean, 3);
      },
      FEW,
    );
  });

  test('one measure more never avoids less', () => {
    holds(
      fc.tuple(facts, plan, inputs, fc.constantFrom(...ROI_MEASURES)),
      ([agent, option, given, more]) => {
        const added = { ...option, measures: [...new Set([...option.measures, more])] };
        const outcomes = simulate({ facts: agent, plans: [option, added], inputs: given }, DRAWING).outcomes;
        const [before, after] = outcomes.map(({ avoided }) => avoided);
        for (const figure of ['mean', 'p10', 'p50', 'p90'] as const)
          expect(after?.[figure]).toBeGreaterThanOrEqual((before?.[figure] ?? 0) * (1 - 1e-9) - 1e-6);
      },
      FEW,
    );
  });

  test('where things go wrong more often, an option never avoids less', () => {
    const often = fc.constantFrom('hijackTries', 'runaways', 'actionErrorRate', 'leakRate');
    holds(
      fc.tuple(facts, plan, inputs, often),
      ([agent, option, given, input]) => {
        const { low, likely, high } = given[input];
        const most = ROI_INPUTS[input].unit === 'share' ? 1 : Number.POSITIVE_INFINITY;
        const twice = {
          low: Math.min(most, 2 * low),
          likely: Math.min(most, 2 * likely),
          high: Math.min(most, 2 * high),
        };
        const [before, after] = [given, { ...given, [input]: twice }].map(
          (each) => simulate({ facts: agent, plans: [option], inputs: each }, DRAWING).outcomes[0]?.avoided,
        );
        for (const figure of ['mean', 'p10', 'p50', 'p90'] as const)
          expect(after?.[figure]).toBeGreaterThanOrEqual((before?.[figure] ?? 0) * (1 - 1e-9) - 1e-6);
      },
      FEW,
    );
  });

  test('an option is the same beside others and by itself, and so is what there is without control', () => {
    holds(
      fc.tuple(facts, plan, plan, inputs),
      ([agent, one, other, given]) => {
        const [both, alone] = [[other, one], [one]].map((plans) =>
          simulate({ facts: agent, plans, inputs: given }, DRAWING),
        );
        expect(both?.outcomes[1]).toEqual(alone?.outcomes[0]);
        expect(both?.baseline).toEqual(alone?.baseline);
      },
      FEW,
    );
  });

  test('money is a unit: all of it sixteen times as much makes every figure sixteen times as much', () => {
    const ofMoney = ROI_INPUT_NAMES.filter((name) => ROI_INPUTS[name].unit.startsWith('usd'));
    const times = (by: number, value: number | null) => (value === null ? null : value * by);
    holds(
      fc.tuple(facts, plan, inputs),
      ([agent, option, given]) => {
        const dear = { ...given };
        for (const name of ofMoney) {
          const { low, likely, high } = given[name];
          dear[name] = { low: UNIT * low, likely: UNIT * likely, high: UNIT * high };
        }
        const dearAgent: RoiFacts = {
          ...agent,
          actionCap: times(UNIT, agent.actionCap),
          callUsd: times(UNIT, agent.callUsd),
          usdPerDay: times(UNIT, agent.usdPerDay),
          toolUsdPerDay: times(UNIT, agent.toolUsdPerDay),
        };
        const [before] = simulate({ facts: agent, plans: [option], inputs: given }, DRAWING).outcomes;
        const [after] = simulate({ facts: dearAgent, plans: [option], inputs: dear }, DRAWING).outcomes;
        const scale = 1 + Math.abs(before?.avoided.mean ?? 0) + Math.abs(before?.added.mean ?? 0);
        expect(Math.abs((after?.net.mean ?? 0) / UNIT - (before?.net.mean ?? 0)) / scale).toBeLessThan(1e-6);
        expect(after?.paysBackInYear).toBe(before?.paysBackInYear);
      },
      FEW,
    );
  });

  test('where nothing can go wrong, no incident is avoided', () => {
    const nothing = { low: 0, likely: 0, high: 0 };
    holds(
      fc.tuple(facts, plan, inputs),
      ([agent, option, given]) => {
        const safe = { ...given, actionErrorRate: nothing, hijackTries: nothing, runaways: nothing, leakRate: nothing };
        const { baseline, outcomes } = simulate({ facts: agent, plans: [option], inputs: safe }, DRAWING);
        expect(baseline.incidents).toEqual({ mean: 0, p10: 0, p50: 0, p90: 0 });
        expect(outcomes[0]?.avoidedBy.incidents).toBe(0);
      },
      FEW,
    );
  });
});

test('the same seed draws the same futures, to the last digit, and another seed others', () => {
  holds(
    fc.tuple(facts, plan, inputs, fc.nat()),
    ([agent, option, given, seed]) => {
      const model = { facts: agent, plans: [option], inputs: given };
      const text = (with_: number) => JSON.stringify(simulate(model, { draws: 40, seed: with_ }));
      expect(text(seed)).toBe(text(seed));
    },
    FEW,
  );
});

test('thousands of events a year are drawn in groups, and their mean stays', () => {
  const point = (value: number): RoiRange => ({ low: value, likely: value, high: value });
  const model: RoiModel = {
    facts: {
      actions: { stated: 1000, unstated: 0, maybeStated: 0, maybeUnstated: 0 },
      commands: { stated: 0, unstated: 0, maybeStated: 0, maybeUnstated: 0 },
      undoable: { stated: 0, unstated: 0, maybeStated: 0, maybeUnstated: 0 },
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
    },
    plans: [],
    inputs: {
      ...(Object.fromEntries(ROI_INPUT_NAMES.map((name) => [name, point(0)])) as RoiModel['inputs']),
      daysPerYear: point(365),
      actionErrorRate: point(0.1),
      actionLoss: point(10),
    },
  };
  const { baseline } = simulate(model, { draws: 500, seed: 1 });
  expect(baseline.eventsBy['wrong-action'] / 36_500).toBeCloseTo(1, 2);
  expect(baseline.incidents.mean / 365_000).toBeCloseTo(1, 2);
});
