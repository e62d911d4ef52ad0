import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/opencode/target.ts';
import { note } from '../figures.ts';
import { playOpenCode } from './opencode.ts';

const capped = (limits: Parameters<typeof agent>[1] & object) =>
  policy([
    agent('desk', { ...limits, servers: { files: server('files') }, tools: { 'files/read_doc': grant('allow') } }),
  ]);
const notHeld = (cap: string, set: string, seen: number) =>
  note('caps', { engine: 'opencode', cap, set, seen: String(seen), beyond: 'not held, a declared loss' });
const lost = (made: ReturnType<typeof capped>) => target.emit(made).losses.map(({ message }) => message);

test('`steps` is no cap: a model that ignores it goes on, as the loss says', async () => {
  const made = capped({ limits: { turnsPerSession: 3 } });
  const calls = Array.from({ length: 12 }, (_, id) => ({ name: 'files_read_doc', input: { id } }));
  const { calls: executed } = await playOpenCode({ made, calls });
  expect(executed.length).toBe(12);
  notHeld('turnsPerSession', '3', executed.length);
  expect(lost(made)).toContain('`steps` only asks the model to stop: one that calls on is not stopped');
});

test('the same call is not counted from turn to turn, as the loss says', async () => {
  const made = capped({ limits: { repeatsPerCall: 2 } });
  const same = { name: 'files_read_doc', input: { id: 1 } };
  const { calls: executed } = await playOpenCode({ made, calls: [same, same, same, same, same] });
  expect(executed.length).toBe(5);
  notHeld('repeatsPerCall', '2', executed.length);
  expect(lost(made)).toContain('not counted by OpenCode: `repeatsPerCall: 2`');
});
