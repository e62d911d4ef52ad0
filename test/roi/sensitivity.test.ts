import { describe, expect, test } from 'vitest';
import type { ToolFacts } from '../../src/model/manifest.ts';
import { DEFAULTS } from '../../src/roi/assumptions.ts';
import { agentWith, estimated, example, optionOf } from './example.fixture.ts';
import { point } from './model.fixture.ts';

const scaled = ({ low, likely, high }: { low: number; likely: number; high: number }, by: number) => ({
  low: low * by,
  likely: likely * by,
  high: high * by,
});

const NAMES = ['checkout-walker', 'crash-sorter', 'docs-gardener', 'meeting-scribe', 'payout-analyst', 'pr-steward'];

describe('people who approve', () => {
  test.each(NAMES)('%s: twice the time for an approval lowers the net of the blanket gate', (name) => {
    const agent = example(name);
    const before = optionOf(estimated(agent), 'confirm-writes');
    const after = optionOf(estimated(agent, { reviewSeconds: scaled(DEFAULTS.reviewSeconds, 2) }), 'confirm-writes');
    expect(before.addedBy.approvals).toBeGreaterThan(0);
    expect(after.net.mean).toBeLessThan(before.net.mean);
    expect(after.addedBy.approvals / before.addedBy.approvals).toBeCloseTo(2, 6);
    expect(after.avoided).toEqual(before.avoided);
  });

  test.each(NAMES)('%s: where nobody catches anything, a gate alone avoids nothing at all', (name) => {
    const blanket = optionOf(estimated(example(name), { catchRate: point(0) }), 'confirm-writes');
    expect(blanket.avoided).toEqual({ mean: 0, p10: 0, p50: 0, p90: 0 });
    expect(blanket.net.p90).toBeLessThan(0);
  });

  const refund: ToolFacts = { effect: 'write', reversible: false, impact: 'high', egress: 'none', callsPerDay: 4 };
  const note: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none', callsPerDay: 600 };
  const busy = agentWith({ 'pay/refund': refund, 'desk/note': note });

  test('a gate on every write buys nothing: it asks so often that what matters is waved through', () => {
    const result = estimated(busy);
    const [blanket, narrow] = [optionOf(result, 'confirm-writes'), optionOf(result, 'medium-plus')];
    expect(narrow.approvalsPerDay.mean).toBe(4);
    expect(blanket.approvalsPerDay.mean).toBe(604);
    expect(narrow.catchRate.mean).toBeGreaterThan(0.45);
    expect(blanket.catchRate.mean).toBeLessThan(0.15);
    expect(blanket.net.p90).toBeLessThan(0);
    expect(blanket.net.mean).toBeLessThan(narrow.net.mean);
    expect(blanket.incidentsBy['wrong-action']).toBeLessThan(0.4 * narrow.incidentsBy['wrong-action']);
  });

  test('more prompts a day never make a person catch more', () => {
    const caught = [1, 10, 100, 1000].map((callsPerDay) => {
      const agent = agentWith({ 'pay/refund': refund, 'desk/note': { ...note, callsPerDay } });
      return optionOf(estimated(agent), 'confirm-writes').catchRate.mean;
    });
    expect(caught).toEqual([...caught].sort((a, b) => b - a));
    expect(caught[0]).toBeGreaterThan(5 * (caught[3] ?? 1));
  });
});

describe('what the agent can do bounds what it can lose', () => {
  test.each(['docs-gardener', 'crash-sorter'])('%s has no high-stakes tool: full is worth less than medium', (name) => {
    const result = estimated(example(name));
    expect(optionOf(result, 'full').net.mean).toBeLessThan(optionOf(result, 'medium').net.mean);
    expect(optionOf(result, 'full').approvalsPerDay.mean).toBe(0);
  });

  test('no high-stakes tool and no way out: no loss but from runaways', () => {
    const { baseline } = estimated(example('docs-gardener'));
    const { runaway, ...rest } = baseline.incidentsBy;
    expect(runaway).toBeGreaterThan(0);
    expect(Object.values(rest)).toEqual(Object.values(rest).map(() => 0));
  });

  test('money that a schema and a cap bound is the most that a wrong call can cost', () => {
    const bounded: ToolFacts = {
      effect: 'write',
      reversible: false,
      impact: 'high',
      egress: 'none',
      callsPerDay: 40,
      maxCallsPerDay: 50,
      cost: { argument: '/amount', usdPerUnit: 0.01 },
      arguments: { type: 'object', properties: { amount: { type: 'integer', maximum: 500 } } },
    };
    const given = { actionErrorRate: point(0.01) };
    const [loose, tight] = [{ ...bounded, arguments: { type: 'object' as const } }, bounded].map((tool) =>
      estimated(agentWith({ 'pay/refund': tool }), given),
    );
    expect(tight?.model.facts.actionCap).toBe(250);
    expect(loose?.model.facts.actionCap).toBeNull();
    expect(loose?.model.facts.callUsd).toBeNull();
    expect(tight?.baseline.incidentsBy['wrong-action']).toBeLessThan(
      0.1 * (loose?.baseline.incidentsBy['wrong-action'] ?? 0),
    );
    expect(loose?.asks.map(({ text }) => text)).toContain('what is the most that one call of `pay/refund` can cost?');
  });

  test('regulated data behind a way out costs more than confidential data', () => {
    const withData = (classification: 'confidential' | 'regulated') =>
      estimated(
        agentWith(
          {
            'crm/read': { effect: 'read', data: ['people'], egress: 'none', callsPerDay: 10 },
            'mail/send': {
              effect: 'write',
              reversible: true,
              impact: 'low',
              data: [],
              egress: 'open',
              callsPerDay: 10,
            },
          },
          { data: { people: { classification } }, inputs: { untrusted: true } },
        ),
      ).baseline.incidentsBy.disclosure;
    expect(withData('confidential')).toBeGreaterThan(0);
    expect(withData('regulated')).toBeGreaterThan(1.5 * withData('confidential'));
  });
});

describe('what nobody has stated', () => {
  const write: ToolFacts = { effect: 'write', reversible: false, impact: 'high', egress: 'none' };

  test('a volume is asked for by name, and counts as more than one call a day', () => {
    const [open, known] = [write, { ...write, callsPerDay: 1 }].map((tool) =>
      estimated(agentWith({ 'db/drop': tool })),
    );
    expect(open?.asks.map(({ id }) => id)).toContain('desk /tools/db~1drop/callsPerDay');
    expect(known?.asks.map(({ id }) => id)).not.toContain('desk /tools/db~1drop/callsPerDay');
    expect(open?.baseline.incidents.mean).toBeGreaterThan(2 * (known?.baseline.incidents.mean ?? 0));
    const gate = (result: typeof open) => (result ? optionOf(result, 'medium-plus').approvalsPerDay : undefined);
    expect(gate(known)?.p10).toBe(gate(known)?.p90);
    expect(gate(open)?.p90).toBeGreaterThan(2 * (gate(open)?.p10 ?? 0));
  });

  test('an undeclared effect counts as a danger as far as open facts turn out badly, and is asked for', () => {
    const result = (openFactsBad: number) =>
      estimated(agentWith({ 'x/y': { callsPerDay: 50 } }), { openFactsBad: point(openFactsBad) });
    const losses = [0.2, 0.5, 1].map((bad) => result(bad).baseline.incidentsBy['wrong-command']);
    expect(losses[0]).toBeGreaterThan(0);
    expect(losses[2]).toBeGreaterThan(losses[1] ?? 0);
    expect(result(0.5).asks.map(({ id }) => id)).toContain('desk /tools/x~1y/effect');
  });

  test('a model without a price is asked for by its name', () => {
    const { asks, inference } = estimated(
      agentWith({ 'x/read': { effect: 'read', callsPerDay: 1 } }, { models: [{ provider: 'acme', id: 'big-1' }] }),
    );
    expect(inference.bills).toEqual([{ agent: 'desk', model: 'acme/big-1', price: null, usdPerYear: null }]);
    expect(asks.map(({ id }) => id)).toContain('prices/acme/big-1');
  });
});

test('a subagent that two agents of the tree start is counted once', () => {
  const helper = {
    agent: { id: 'helper' },
    data: {},
    tools: { 'db/drop': { effect: 'write' as const, callsPerDay: 10 } },
  };
  const one = agentWith({}, { subagents: { a: { manifest: helper } } });
  const shared = { ...one, subagents: { a: one.subagents.a, b: one.subagents.a } } as typeof one;
  const [alone, twice] = [estimated(one), estimated(shared)];
  expect(twice.model.facts).toEqual(alone.model.facts);
  expect(twice.options.map(({ net }) => net)).toEqual(alone.options.map(({ net }) => net));
});
