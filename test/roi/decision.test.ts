import { describe, expect, test } from 'vitest';
import { bestOf } from '../../src/roi/decision.ts';
import { agentWith, estimated, example, optionOf } from './example.fixture.ts';
import { point } from './model.fixture.ts';

describe('the decision', () => {
  test('where money and tree agree, there is nothing to explain', () => {
    const { best, tier, difference, decision, tierSwings } = estimated(example('schema-shepherd'));
    expect([best, tier, difference, tierSwings]).toEqual(['full', 'full', [], []]);
    expect(decision).toMatch(/^full zero trust is both what the tree assigns and the best by money: it saves \$/);
  });

  test('where they differ, it says why, and what keeping to the tree costs', () => {
    const result = estimated(example('payout-analyst'));
    expect([result.best, result.tier]).toEqual(['spend-limits', 'medium-plus']);
    expect(result.decision).toMatch(
      /^by money alone “Spend cap and loop limit” is best: .*; the tree assigns medium-plus, which costs \$/,
    );
    expect(result.difference[0]).toContain(
      'the tree asks whom a bad call harms, and this agent has 2 high-stakes tools',
    );
    expect(result.difference[1]).toMatch(
      /with 14 approvals a day, where people stop \d+% of the bad calls: keeping to the tree costs you \$\d/,
    );
    expect(result.tierSwings.length).toBeGreaterThan(5);
  });

  test('what takes work away says that people do it', () => {
    const result = estimated(example('meeting-scribe'), {
      handMinutes: point(0.1),
      stagingBuild: point(0),
      stagingUpkeep: point(0),
      stagingBill: point(0),
    });
    expect(result.best).toBe('staging-only');
    expect(result.difference.at(-1)).toContain('takes work away from the agent, and people do it');
  });

  test('where nothing pays for itself, no option is the best, and the swings are those of the tier', () => {
    const agent = agentWith({ 'notes/read': { effect: 'read', data: [], egress: 'none', callsPerDay: 5 } });
    const result = estimated(agent, { runaways: point(0), auditCycles: point(0) });
    expect([result.best, result.tier]).toEqual([null, 'light']);
    expect(result.decision).toMatch(
      /^by money alone no option pays for itself; the tree assigns light, which costs \$/,
    );
    expect(result.swings.length).toBeGreaterThan(0);
    expect(bestOf(result.options)).toBeNull();
  });

  test('what is moved first is what matters most', () => {
    const result = estimated(example('pr-steward'));
    const widths = result.swings.map(({ netAtLow, netAtHigh }) => Math.abs(netAtHigh - netAtLow));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(result.whatIf).toEqual(result.swings.slice(0, 5).map(({ input }) => input));
    const best = optionOf(result, result.best ?? 'full');
    for (const { netAtLow, netAtHigh } of result.swings.filter(({ input }) => input !== 'reviewSeconds'))
      expect(Math.min(netAtLow, netAtHigh)).toBeLessThanOrEqual(best.netAtMeans + 1);
  });
});

test('volumes and prices beyond all reason stay numbers', () => {
  const agent = agentWith({
    'pay/send': {
      effect: 'write',
      reversible: false,
      impact: 'high',
      egress: 'none',
      callsPerDay: 1e300,
      cost: { usd: 1e300 },
    },
  });
  const { options } = estimated(agent, {}, { draws: 100, seed: 1 });
  expect(
    options.every(({ net, months }) => [net, ...months].every((each) => Object.values(each).every(Number.isFinite))),
  ).toBe(true);
});

test('in staging the tree asks for the boundary and the light controls, and for the tier later', () => {
  const result = estimated(example('checkout-walker'));
  expect([result.tier, result.assigned]).toEqual(['full', 'staging-only']);
  expect(optionOf(result, 'staging-only').measures).toEqual(['limits', 'spend', 'sandbox', 'staging']);
  expect(optionOf(result, 'staging-only').addedBy['hand-work']).toBe(0);
  expect(result.difference.join()).toContain('full zero trust comes with production');
});
