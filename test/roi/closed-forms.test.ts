import { describe, expect, test } from 'vitest';
import {
  lognormalQuantile,
  meanOf,
  normalBelow,
  normalQuantile,
  pertMean,
  pertQuantile,
} from '../../src/roi/distributions.ts';
import { poisson } from '../../src/roi/events.ts';
import { randomOf } from '../../src/roi/random.ts';
import { simulate } from '../../src/roi/simulate.ts';
import { calls, IDLE, inputs, plan, point, range } from './model.fixture.ts';

const drawing = { draws: 10_000, seed: 7 };

describe('distributions', () => {
  test.each([range(0, 1, 10), range(2, 2, 8), range(1, 9, 9), range(0.5, 5, 9.5)])('PERT %o has its mean', (each) => {
    const width = each.high - each.low;
    expect(Math.abs(meanOf(pertQuantile(each)) - pertMean(each)) / width).toBeLessThan(0.0005);
  });

  test('PERT has the deciles of the beta distribution: 1 - (1 - x)^5 with its mode at the low end', () => {
    const quantile = pertQuantile(range(0, 0, 1));
    for (const share of [0.05, 0.1, 0.5, 0.9, 0.99]) expect(quantile(share)).toBeCloseTo(1 - (1 - share) ** 0.2, 3);
  });

  test('a lognormal has `likely` as its median where the bounds are as far from it, and its mean cut at both', () => {
    const [low, likely, high] = [100, 1000, 10_000];
    const quantile = lognormalQuantile(range(low, likely, high));
    expect(quantile(0.5)).toBeCloseTo(likely, 3);
    const spread = Math.log(high / low) / (2 * 1.6448536269514722);
    const [a, b] = [Math.log(low / likely) / spread, Math.log(high / likely) / spread];
    const mean =
      (likely * Math.exp(spread ** 2 / 2) * (normalBelow(b - spread) - normalBelow(a - spread))) /
      (normalBelow(b) - normalBelow(a));
    expect(meanOf(quantile) / mean).toBeCloseTo(1, 3);
    for (const share of [0, 1e-9, 0.3, 1]) {
      expect(quantile(share)).toBeGreaterThanOrEqual(low);
      expect(quantile(share)).toBeLessThanOrEqual(high);
    }
  });

  test('the normal distribution and its inverse agree', () => {
    for (const x of [-3, -1.5, -0.2, 0, 0.7, 2.5]) expect(normalQuantile(normalBelow(x))).toBeCloseTo(x, 4);
  });

  test.each([0.05, 1, 12, 300, 800])('a Poisson number with mean %d has it as its mean and its variance', (mean) => {
    const random = randomOf(3, `poisson ${mean}`);
    const numbers = Array.from({ length: 20_000 }, () => poisson(mean, random()));
    const average = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const variance = numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / numbers.length;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / numbers.length));
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  });
});

describe('the simulation agrees with closed forms', () => {
  test('points and no incidents: every decile is the one figure that arithmetic gives', () => {
    const model = {
      facts: { ...IDLE, undoable: calls(40) },
      plans: [plan({ measures: ['gates'], gated: calls(40), seen: { ...plan().seen, undoable: 1 } })],
      inputs: inputs({
        daysPerYear: point(250),
        engineerHourlyCost: point(60),
        approverHourlyCost: point(90),
        slipRate: point(0.02),
        reworkMinutes: point(30),
        reviewSeconds: point(36),
        reviewers: point(2),
        catchRate: point(0.6),
        fatigueAt: point(20),
        waitMinutes: point(6),
        delayCost: point(2),
        wrongDenials: point(0.01),
        denialMinutes: point(10),
        gatesBuild: point(30),
        gatesUpkeep: point(1),
        gatesBill: point(5),
      }),
    };
    const [outcome] = simulate(model, { draws: 100, seed: 1 }).outcomes;
    // Each of two people sees 20 a day, which halves a catch of 60%.
    const avoided = 40 * 250 * 0.02 * 0.5 * 60 * 0.3;
    const added = 40 * 250 * (0.01 * 90 + 0.1 * 2 + 0.01 * (1 / 6) * 60) + 12 * 60 + 12 * 5 + (30 * 60) / 3;
    for (const figure of ['mean', 'p10', 'p50', 'p90'] as const) {
      expect(outcome?.avoided[figure]).toBeCloseTo(avoided, 6);
      expect(outcome?.added[figure]).toBeCloseTo(added, 6);
      expect(outcome?.net[figure]).toBeCloseTo(avoided - added, 6);
    }
    expect(outcome?.months[0]?.p50).toBeCloseTo(-1800, 6);
    expect(outcome?.months[36]?.p90).toBeCloseTo(3 * (avoided - added), 6);
  });

  test('a compound Poisson loss has the mean of its rate times its mean, and so has what an option leaves of it', () => {
    const loss = range(1000, 10_000, 100_000);
    const model = {
      facts: { ...IDLE, actions: calls(10) },
      plans: [plan({ id: 'medium-plus', measures: ['deny', 'records'] })],
      inputs: inputs({
        daysPerYear: point(200),
        actionErrorRate: range(0.0005, 0.001, 0.0045),
        actionLoss: loss,
        denyStops: range(0.4, 0.5, 0.6),
        recordsShrinks: point(0.2),
      }),
    };
    const { baseline, outcomes } = simulate(model, { draws: 40_000, seed: 5 });
    const rate = 10 * 200 * pertMean(range(0.0005, 0.001, 0.0045));
    const expected = rate * meanOf(lognormalQuantile(loss));
    expect(baseline.eventsBy['wrong-action'] / rate).toBeCloseTo(1, 1);
    expect(baseline.incidents.mean / expected).toBeGreaterThan(0.98);
    expect(baseline.incidents.mean / expected).toBeLessThan(1.02);
    // Half of the events are stopped, and of the rest a fifth of the loss is saved.
    expect((outcomes[0]?.avoidedBy.incidents ?? 0) / expected).toBeCloseTo(1 - 0.5 * 0.8, 1);
  });

  test('costs are linear: a range has the cost of its mean', () => {
    const model = {
      facts: IDLE,
      plans: [plan({ measures: ['sandbox'] })],
      inputs: inputs({ engineerHourlyCost: point(100), sandboxBuild: range(0, 12, 60), sandboxUpkeep: point(1) }),
    };
    const [outcome] = simulate(model, drawing).outcomes;
    expect((outcome?.added.mean ?? 0) / (1200 + (100 * 18) / 3)).toBeCloseTo(1, 2);
    expect(outcome?.avoided).toEqual({ mean: 0, p10: 0, p50: 0, p90: 0 });
    expect([outcome?.breakEvenMonth, outcome?.paysBackInYear]).toEqual([null, 0]);
  });

  test('the month of break-even is the first whose mean has paid for building', () => {
    const model = {
      facts: { ...IDLE, longLived: { surely: 1, maybe: 0 } },
      plans: [plan({ measures: ['tokens'] })],
      // 100 hours to build, and 12 rotations of an hour a month saved, less two of upkeep.
      inputs: inputs({
        engineerHourlyCost: point(50),
        tokensBuild: point(100),
        tokensUpkeep: point(2),
        rotations: point(12),
        rotationHours: point(12),
      }),
    };
    const [outcome] = simulate(model, { draws: 100, seed: 1 }).outcomes;
    expect([outcome?.breakEvenMonth, outcome?.paysBackInYear]).toEqual([10, 1]);
    expect(outcome?.months[9]?.p90).toBeCloseTo(-500, 6);
    expect(outcome?.months[10]?.p10).toBeCloseTo(0, 6);
  });
});
