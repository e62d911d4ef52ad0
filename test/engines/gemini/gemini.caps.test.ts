import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/gemini/target.ts';
import { note } from '../figures.ts';
import { launched, mcp, withBundle } from './gemini.ts';

const capped = (limits: Parameters<typeof agent>[1] & object) =>
  policy([
    agent('desk', { ...limits, servers: { files: server('true') }, tools: { 'files/read_doc': grant('allow') } }),
  ]);

test('a session ends after its turns, and no call runs beyond them', async () => {
  const turns = 3;
  const calls = Array.from({ length: 8 }, (_, id) => mcp('read_doc', { id }));
  const made = capped({ limits: { turnsPerSession: turns } });
  const { calls: executed, code } = await withBundle(made, (bundle) => launched(bundle, calls));
  note('caps', {
    engine: 'gemini',
    cap: 'turnsPerSession',
    set: String(turns),
    seen: String(executed.length),
    beyond: String(executed.length - turns),
  });
  expect([executed.length, code]).toEqual([turns, 53]);
  expect(target.usage(made)).toContain('ends after 3 turns, with exit code 53');
});

test('the same call is not counted, as the loss says', async () => {
  const same = mcp('read_doc', { id: 1 });
  const made = capped({ limits: { repeatsPerCall: 2 } });
  const { calls: executed } = await withBundle(made, (bundle) => launched(bundle, [same, same, same, same]));
  note('caps', {
    engine: 'gemini',
    cap: 'repeatsPerCall',
    set: '2',
    seen: String(executed.length),
    beyond: 'not held, a declared loss',
  });
  expect(executed.length).toBe(4);
  expect(target.emit(made).losses.map(({ message }) => message)).toContain('not counted: `repeatsPerCall: 2`');
});
