import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { target } from '../../../src/targets/codex/target.ts';
import { note } from '../figures.ts';
import { launched, mcp, withBundle } from './codex.ts';

const capped = (limits: Parameters<typeof agent>[1] & object) =>
  policy([
    agent('desk', { ...limits, servers: { files: server('true') }, tools: { 'files/read_doc': grant('allow') } }),
  ]);

test.each([
  { cap: 'turnsPerSession', set: 3, played: 8, id: (at: number) => at },
  { cap: 'repeatsPerCall', set: 2, played: 5, id: () => 1 },
])('$cap is not counted, as the loss says', async ({ cap, set, played, id }) => {
  const made = capped({ limits: { [cap]: set } });
  const calls = Array.from({ length: played }, (_, at) => mcp('read_doc', 'files', { id: id(at) }));
  const { calls: executed } = await withBundle(made, (bundle) => launched(bundle, calls));
  note('caps', {
    engine: 'codex',
    cap,
    set: String(set),
    seen: String(executed.length),
    beyond: 'not held, a declared loss',
  });
  expect(executed.length).toBe(played);
  const messages = target.emit(made).losses.map(({ message }) => message);
  expect(messages.filter((message) => message.includes(`\`${cap}: ${set}\``))).toHaveLength(1);
});
