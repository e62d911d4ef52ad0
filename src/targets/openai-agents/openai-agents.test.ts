import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { Policy } from '../../model/policy.ts';
import { asRecord, type JsonRecord, parseJson } from '../../probe/json.ts';
import { target } from './target.ts';

const alone = (more: Parameters<typeof agent>[1]): Policy => policy([agent('desk', more)]);
const fileOf = (made: Policy, path: string): JsonRecord =>
  asRecord(parseJson(target.emit(made).files.find((file) => file.path === path)?.content ?? '{}'));
const openedOf = (made: Policy): JsonRecord => asRecord(asRecord(fileOf(made, 'agents.json').agents).desk);
const lossesOf = (made: Policy) =>
  target
    .emit(made)
    .losses.map(({ what, tool, message }) => `${what}${tool === undefined ? '' : ` ${tool}`}: ${message}`);

const desk = alone({
  name: 'Desk',
  servers: {
    kb: server('kb', ['-v'], { env: { KEY: '${KEY}' } }),
    'a b': server('x'),
    'a-b': server('y'),
    idle: server('z'),
  },
  tools: {
    'kb/read': grant('allow'),
    'kb/send': grant('ask'),
    'kb/zap': grant('deny'),
    'kb/x.y': grant('allow'),
    'kb/x-y': grant('ask'),
    'a b/*': grant('allow'),
    'a-b/c': grant('allow'),
    'kb/@resources': grant('allow'),
    'gone/x': grant('allow'),
    Bash: grant('allow'),
  },
  models: [{ provider: 'openai', id: 'gpt-5' }],
  limits: { turnsPerSession: 7 },
});

test('each agent: its servers with the tools that may run or ask, a model, and a cap on turns', () => {
  const { servers, ...rest } = openedOf(desk);
  expect(rest).toEqual({ name: 'Desk', model: 'gpt-5', maxTurns: 7 });
  const tools = Object.entries(asRecord(servers)).map(([alias, one]) => [alias, asRecord(one).tools]);
  expect(Object.fromEntries(tools)).toEqual({
    kb: { kb_read: { name: 'read', decision: 'allow' }, kb_send: { name: 'send', decision: 'ask' } },
    ab: { 'ab_*': { name: null, decision: 'allow' } },
    ab2: { ab2_c: { name: 'c', decision: 'allow' } },
  });
  expect(asRecord(asRecord(servers).kb)).toMatchObject({ command: 'kb', args: ['-v'], env: { KEY: '${KEY}' } });
});

test('what is not offered is a loss, and what is denied is known by its name', () => {
  expect(lossesOf(desk)).toEqual(
    expect.arrayContaining([
      'built-in Bash: stricter: denied, because the SDK has no tools of its own',
      'name kb/x.y: stricter: denied, because `kb/x-y` and `kb/x.y` have one name in the SDK',
      'server-features kb/@resources: stricter: denied, because resources of a server are not used',
      'servers gone/x: stricter: denied, because its server is not in the manifest',
    ]),
  );
  expect(asRecord(asRecord(fileOf(desk, 'names.json').agents).desk)).toMatchObject({
    kb_zap: 'kb/zap',
    'ab_*': 'a b/*',
  });
});

test('whatever the names: one tool of the policy for each that is offered, and the same bytes for the same policy', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.uniqueArray(text, { minLength: 1, maxLength: 6 }),
      fc.uniqueArray(text, { maxLength: 3 }),
      (names, servers) => {
        const made = alone({
          servers: Object.fromEntries(servers.map((name) => [name, server(name)])),
          tools: Object.fromEntries(servers.flatMap((own) => names.map((name) => [`${own}/${name}`, grant('allow')]))),
        });
        const offered = Object.values(asRecord(openedOf(made).servers)).flatMap((one) =>
          Object.keys(asRecord(asRecord(one).tools)),
        );
        expect(new Set(offered).size).toBe(offered.length);
        for (const name of offered) expect(name).toMatch(/^[a-zA-Z0-9]+_(?:\*|[a-zA-Z0-9_]*)$/);
        expect(target.emit(made)).toEqual(target.emit(structuredClone(made)));
      },
    ),
  );
});
