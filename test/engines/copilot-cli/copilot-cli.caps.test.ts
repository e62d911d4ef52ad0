import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { Grant } from '../../../src/model/policy.ts';
import { target } from '../../../src/targets/copilot-cli/target.ts';
import { note } from '../figures.ts';
import { playCopilot } from './copilot.ts';

type Limits = NonNullable<Parameters<typeof agent>[1]>['limits'];

const capped = (limits: Limits & object, more: Partial<Grant> = {}) =>
  policy([
    agent('desk', { limits, servers: { files: server('files') }, tools: { 'files/read_doc': grant('allow', more) } }),
  ]);
const calls = (count: number, id: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ name: 'files-read_doc', input: { id: id(at) } }));
const ran = async (made: ReturnType<typeof capped>, played: ReturnType<typeof calls>) =>
  (await playCopilot({ made, calls: played })).calls.length;

const noted = (cap: string, set: number, seen: number) =>
  note('caps', { engine: 'copilot-cli', cap, set: String(set), seen: String(seen), beyond: String(seen - set) });

test('repeats, calls a minute, calls a day and dollars of tools are held to the call', async () => {
  const repeated = await ran(
    capped({ repeatsPerCall: 2 }),
    calls(5, () => 1),
  );
  const hurried = await ran(
    capped({ callsPerMinute: 3 }),
    calls(6, (at) => at),
  );
  const daily = await ran(
    capped({}, { maxCallsPerDay: 4 }),
    calls(6, (at) => at),
  );
  const paid = await ran(
    capped({ toolUsdPerDay: 3 }, { cost: { usd: 1 } }),
    calls(6, (at) => at),
  );
  expect([repeated, hurried, daily, paid]).toEqual([2, 3, 4, 3]);
  noted('repeatsPerCall', 2, repeated);
  noted('callsPerMinute', 3, hurried);
  noted('maxCallsPerDay', 4, daily);
  noted('toolUsdPerDay', 3, paid);
});

test('turns are not counted, as the loss says', async () => {
  const made = capped({ turnsPerSession: 3 });
  expect(
    await ran(
      made,
      calls(12, (at) => at),
    ),
  ).toBe(12);
  const messages = target.emit(made).losses.map(({ message }) => message);
  expect(messages).toContain('not counted by Copilot: `turnsPerSession: 3`');
  note('caps', {
    engine: 'copilot-cli',
    cap: 'turnsPerSession',
    set: '3',
    seen: '12',
    beyond: 'not held, a declared loss',
  });
});
