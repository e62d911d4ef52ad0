import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Grant } from '../../src/model/policy.ts';
import { createWorkspace, type Workspace } from '../../src/probe/workspace.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { outcomeOf, paid, play, stage } from './claude-code-hook.ts';
import { note } from './figures.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

type Limits = NonNullable<NonNullable<Parameters<typeof agent>[1]>['limits']>;

const capped = (limits: Limits, more: Partial<Grant> = {}) =>
  policy([
    agent('desk', {
      limits,
      models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
      servers: { bank: server('true') },
      tools: { 'bank/pay': grant('allow', more) },
    }),
  ]);
const calls = (count: number, amount: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => paid(amount(at)));
const noted = (cap: string, set: number, seen: number) =>
  note('caps', {
    engine: 'claude-code',
    cap,
    set: String(set),
    seen: String(+seen.toFixed(4)),
    beyond: String(+(seen - set).toFixed(4)),
  });

test('turns: the session ends at its cap', async () => {
  const made = capped({ turnsPerSession: 3 });
  const { executed, subtype } = await outcomeOf(
    workspace,
    stage(workspace, made),
    calls(12, (at) => at),
    {},
  );
  noted('turnsPerSession', 3, executed.length);
  expect([executed.length, subtype]).toEqual([3, 'error_max_turns']);
  expect(target.usage(made)).toContain('ends after 3 turns; no call runs beyond them');
});

test('dollars: the session ends after the turn that passes its cap, and the call of that turn has run', async () => {
  const made = capped({ usdPerSession: 0.05 });
  const usage = { inputTokens: 1_000, outputTokens: 1_000 };
  const { executed, result, subtype } = await outcomeOf(
    workspace,
    stage(workspace, made),
    calls(12, (at) => at),
    { usage },
  );
  const spent = Number(result.total_cost_usd);
  noted('usdPerSession', 0.05, spent);
  expect(subtype).toBe('error_max_budget_usd');
  // Beyond the cap, but by less than one turn.
  expect(spent).toBeGreaterThan(0.05);
  expect(spent - spent / executed.length).toBeLessThanOrEqual(0.05);
  expect(target.usage(made)).toContain('0.05 dollars');
});

/** Which of these calls ran in a session that the launcher starts. */
const ranOf = async (made: ReturnType<typeof capped>, played: ReturnType<typeof calls>) =>
  (await play(workspace, stage(workspace, made), played)).executed.length;

test.each<{ cap: string; set: number; limits: Limits; more?: Partial<Grant>; amount: (at: number) => number }>([
  { cap: 'repeatsPerCall', set: 2, limits: { repeatsPerCall: 2 }, amount: () => 1 },
  { cap: 'callsPerMinute', set: 3, limits: { callsPerMinute: 3 }, amount: (at) => at },
  { cap: 'maxCallsPerDay', set: 4, limits: {}, more: { maxCallsPerDay: 4 }, amount: (at) => at },
  {
    cap: 'toolUsdPerDay',
    set: 3,
    limits: { toolUsdPerDay: 3 },
    more: { cost: { usd: 1 } },
    amount: (at) => at,
  },
])('$cap is held to the call', async ({ cap, set, limits, more, amount }) => {
  const made = capped(limits, more);
  const ran = await ranOf(made, calls(set + 3, amount));
  noted(cap, set, ran);
  expect(ran).toBe(set);
  expect(target.usage(made)).toContain('none runs beyond it');
});
