import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { Grant } from '../../../src/model/policy.ts';
import { scriptOf } from '../../../src/targets/openai-agents/proof/scripted.ts';
import { note } from '../figures.ts';
import { opened, sdk } from './sdk.ts';

type Limits = NonNullable<Parameters<typeof agent>[1]>['limits'];

const capped = (limits: Limits & object, more: Partial<Grant> = {}) =>
  policy([
    agent('desk', { limits, servers: { files: server('files') }, tools: { 'files/read_doc': grant('allow', more) } }),
  ]);

/** How many of so many calls in one run were made, and what the run threw. */
async function ran(made: ReturnType<typeof capped>, count: number, id: (at: number) => number) {
  const one = await opened(made, 'desk');
  const calls = Array.from({ length: count }, (_, at) => ({ name: 'files_read_doc', input: { id: id(at) } }));
  const scripted = Object.assign(one.agent, { model: scriptOf(sdk, calls) });
  const thrown = await sdk.run(scripted as never, 'play', one.runOptions as never).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.constructor.name : String(error)),
  );
  return { count: one.servers.files?.ran.length ?? 0, thrown };
}

const noted = (cap: string, set: number, seen: number) =>
  note('caps', { engine: 'openai-agents', cap, set: String(set), seen: String(seen), beyond: String(seen - set) });

test('turns: the run ends at its cap with an error of its own', async () => {
  const { count, thrown } = await ran(capped({ turnsPerSession: 3 }), 9, (at) => at);
  expect([count, thrown]).toEqual([3, 'MaxTurnsExceededError']);
  noted('turnsPerSession', 3, count);
});

test('without a cap of the policy the ten turns of the SDK itself are none', async () => {
  expect((await ran(capped({}), 14, (at) => at)).count).toBe(14);
});

test('repeats, calls a minute, calls a day and dollars of tools are held to the call', async () => {
  const repeated = await ran(capped({ repeatsPerCall: 2 }), 5, () => 1);
  const hurried = await ran(capped({ callsPerMinute: 3 }), 5, (at) => at);
  const daily = await ran(capped({}, { maxCallsPerDay: 4 }), 6, (at) => at);
  const paid = await ran(capped({ toolUsdPerDay: 3 }, { cost: { usd: 1 } }), 6, (at) => at);
  expect([repeated.count, hurried.count, daily.count, paid.count]).toEqual([2, 3, 4, 3]);
  noted('repeatsPerCall', 2, repeated.count);
  noted('callsPerMinute', 3, hurried.count);
  noted('maxCallsPerDay', 4, daily.count);
  noted('toolUsdPerDay', 3, paid.count);
});
