import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { Grant } from '../../../src/model/policy.ts';
import { note } from '../figures.ts';
import { playSdk, textsOf } from './sdk.ts';

type Limits = NonNullable<Parameters<typeof agent>[1]>['limits'];

const capped = (limits: Limits & object, more: Partial<Grant> = {}) =>
  policy([
    agent('desk', { limits, servers: { files: server('files') }, tools: { 'files/read_doc': grant('allow', more) } }),
  ]);
const calls = (count: number, id: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ name: 'mcp__files__read_doc', input: { id: id(at) } }));
const noted = (cap: string, set: number, seen: number) =>
  note('caps', {
    engine: 'agent-sdk',
    cap,
    set: String(set),
    seen: String(+seen.toFixed(4)),
    beyond: String(+(seen - set).toFixed(4)),
  });

test('turns: the session ends at its cap, and the SDK says so and throws', async () => {
  const {
    calls: ran,
    result,
    thrown,
  } = await playSdk({ made: capped({ turnsPerSession: 3 }), calls: calls(12, (at) => at) });
  expect([ran.length, result.subtype]).toEqual([3, 'error_max_turns']);
  expect(thrown).not.toBe('');
  noted('turnsPerSession', 3, ran.length);
});

test('dollars: the session ends after the turn that passes its cap', async () => {
  const made = policy([
    agent('desk', {
      limits: { usdPerSession: 0.05 },
      models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
      servers: { files: server('files') },
      tools: { 'files/read_doc': grant('allow') },
    }),
  ]);
  const usage = { inputTokens: 1_000, outputTokens: 1_000 };
  const { result, calls: ran } = await playSdk({ made, calls: calls(12, (at) => at), usage });
  expect(result.subtype).toBe('error_max_budget_usd');
  const [spent, turn] = [Number(result.total_cost_usd), Number(result.total_cost_usd) / ran.length];
  // Beyond the cap, but by less than one turn.
  expect(spent).toBeGreaterThan(0.05);
  expect(spent).toBeLessThanOrEqual(0.05 + turn);
  noted('usdPerSession', 0.05, spent);
});

test('repeats, calls a minute, calls a day and dollars of tools are held to the call', async () => {
  const repeated = await playSdk({ made: capped({ repeatsPerCall: 2 }), calls: calls(4, () => 1) });
  expect(repeated.calls.length).toBe(2);
  expect(textsOf(repeated)[2]).toContain('may be made 2 times a session');
  noted('repeatsPerCall', 2, repeated.calls.length);
  const hurried = await playSdk({ made: capped({ callsPerMinute: 3 }), calls: calls(5, (at) => at) });
  expect(hurried.calls.length).toBe(3);
  noted('callsPerMinute', 3, hurried.calls.length);
  const daily = await playSdk({ made: capped({}, { maxCallsPerDay: 4 }), calls: calls(6, (at) => at) });
  expect(daily.calls.length).toBe(4);
  noted('maxCallsPerDay', 4, daily.calls.length);
  const paid = await playSdk({ made: capped({ toolUsdPerDay: 3 }, { cost: { usd: 1 } }), calls: calls(6, (at) => at) });
  expect(paid.calls.length).toBe(3);
  noted('toolUsdPerDay', 3, paid.calls.length);
});
