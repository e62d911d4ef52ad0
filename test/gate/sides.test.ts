import { expect, test } from 'vitest';
import { serverGone } from '../../src/gate/from-server.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { call, got, refusal, request, result, trial } from './gate.fixture.ts';

const closed = policy([agent('desk', { tools: { 'pay/list': grant('allow') } })]);
const open = policy([
  agent('desk', {
    tools: {
      'pay/list': grant('allow'),
      'pay/@resources': grant('allow'),
      'pay/@prompts': grant('allow'),
      'pay/@sampling': grant('allow'),
      'pay/@elicitation': grant('ask'),
    },
  }),
]);

test('a list shows only what can be called', () => {
  const { client, server } = trial();
  client(request(1, 'tools/list'));
  const tools = [{ name: 'refund' }, { name: 'drop' }, { name: 'whatever' }, { nameless: true }];
  expect(got(server(result(1, { tools, nextCursor: 'x' })), 'client')).toEqual(
    result(1, { tools: [{ name: 'refund' }, { name: 'whatever' }], nextCursor: 'x' }),
  );
});

test.each(['resources/list', 'resources/read', 'resources/subscribe', 'prompts/get', 'prompts/list'])(
  '`%s` needs a grant of its own, which no wildcard gives',
  (method) => {
    const everything = policy([agent('desk', { tools: { 'pay/*': grant('allow') } })]);
    expect(refusal(trial({}, everything).client(request(1, method, {})))).toContain('is not granted');
    expect(got(trial({}, open).client(request(1, method, {})), 'server')).toBeDefined();
  },
);

test('completions follow what they complete', () => {
  const asked = (type: string) => request(1, 'completion/complete', { ref: { type }, argument: {} });
  expect(got(trial({}, open).client(asked('ref/resource')), 'server')).toBeDefined();
  expect(refusal(trial({}, closed).client(asked('ref/resource')))).toBeDefined();
  expect(refusal(trial({}, open).client(asked('ref/else')))).toBeDefined();
});

test('neither side hears of what the policy does not grant', () => {
  const { client, server } = trial({}, closed);
  const capabilities = { sampling: {}, elicitation: {}, roots: {} };
  const sent = client(request(1, 'initialize', { protocolVersion: '2025-11-25', capabilities }));
  expect(got(sent, 'server')).toMatchObject({ params: { capabilities: { roots: {} } } });
  expect(got(sent, 'server')).not.toHaveProperty('params.capabilities.sampling');
  const answer = server(result(1, { capabilities: { tools: {}, resources: {}, prompts: {}, logging: {} } }));
  expect(got(answer, 'client')).toEqual(result(1, { capabilities: { tools: {}, logging: {} } }));
});

test('a server asks the model or the user only where that is granted', () => {
  const refused = trial({}, closed);
  for (const method of ['sampling/createMessage', 'elicitation/create'])
    expect(got(refused.server(request(7, method, {})), 'server')).toMatchObject({ id: 7, error: {} });
  expect(refused.intents).toHaveLength(2);
  const { client, server, outcomes } = trial({}, open);
  expect(got(server(request(7, 'sampling/createMessage', {})), 'client')).toBeDefined();
  expect(got(client(result(7, { role: 'assistant' })), 'server')).toBeDefined();
  expect(outcomes).toMatchObject([{ outcome: 'ok' }]);
});

test('what a server asks for in its answer follows the same grants', () => {
  const inputs = result(1, {
    resultType: 'input_required',
    inputRequests: { a: { method: 'elicitation/create', params: {} } },
  });
  const refused = trial({}, closed);
  refused.client(call(1, 'list'));
  const sent = refused.server(inputs);
  expect(refusal(sent)).toContain('is not granted');
  expect(got(sent, 'client'), 'of a call, a result that the model reads').toMatchObject({ result: { isError: true } });
  const { client, server } = trial({}, open);
  client(call(1, 'list'));
  expect(got(server(inputs), 'client')).toEqual(inputs);
});

test('what a server asks for in its answer is held to the same arguments and caps, and on record, as what it asks by itself', () => {
  const schema = { type: 'object', properties: { maxTokens: { type: 'integer', maximum: 100 } } } as const;
  const sampling = grant('allow', { arguments: schema, maxCallsPerDay: 1, record: ['/maxTokens'] });
  const one = policy([agent('desk', { tools: { 'pay/list': grant('allow'), 'pay/@sampling': sampling } })]);
  const ask = (id: number, maxTokens: number) =>
    result(id, {
      resultType: 'input_required',
      inputRequests: { a: { method: 'sampling/createMessage', params: { maxTokens } } },
    });
  const { client, server, intents } = trial({}, one);
  for (const id of [1, 2, 3]) client(call(id, 'list', { id }));
  expect(refusal(server(ask(1, 5000)))).toContain('at most 100');
  expect(got(server(ask(2, 50)), 'client')).toEqual(ask(2, 50));
  expect(refusal(server(ask(3, 50)))).toContain('cap is 1');
  expect(intents.filter(({ tool }) => tool === 'pay/@sampling').map(({ rule }) => rule)).toEqual([
    'arguments',
    'allowed',
    'calls-a-day',
  ]);
});

test('since 2026 each request says what its client can do, and asks to be told of changes', () => {
  const key = 'io.modelcontextprotocol/clientCapabilities';
  const _meta = { [key]: { sampling: {}, elicitation: {}, extensions: {} } };
  const notifications = { toolsListChanged: true, resourcesListChanged: true, resourceSubscriptions: ['a:b'] };
  const listen = request(1, 'subscriptions/listen', { notifications, _meta });
  const refund = request(2, 'tools/call', { name: 'list', _meta });
  const { client } = trial({}, closed);
  expect(got(client(listen), 'server')).toEqual(
    request(1, 'subscriptions/listen', {
      notifications: { toolsListChanged: true },
      _meta: { [key]: { extensions: {} } },
    }),
  );
  const narrowed = request(2, 'tools/call', { name: 'list', _meta: { [key]: { extensions: {} } } });
  expect(got(client(refund), 'server')).toEqual(narrowed);
  for (const gate of [trial({}, open), trial({ mode: 'shadow' }, closed)])
    for (const message of [listen, refund]) expect(got(gate.client(message), 'server')).toEqual(message);
});

test.each(['resources/updated', 'resources/list_changed', 'prompts/list_changed', 'elicitation/complete'])(
  'of `%s` nobody hears to whom it is not granted',
  (name) => {
    const told = { jsonrpc: '2.0', method: `notifications/${name}`, params: { uri: 'a:b' } };
    expect(trial({}, closed).server(told)).toBeUndefined();
    expect(got(trial({}, open).server(told), 'client')).toEqual(told);
    expect(got(trial({ mode: 'shadow' }, closed).server(told), 'client')).toEqual(told);
  },
);

test('answers that nobody asked for are dropped, on both sides', () => {
  const { client, server, told } = trial();
  expect(client(result(1, {}))).toBeUndefined();
  expect(server(result(1, {}))).toBeUndefined();
  expect(server('stray words')).toBeUndefined();
  expect(told).toHaveLength(3);
});

test('progress, cancellation and notifications pass untouched', () => {
  const { client, server } = trial();
  client(call(1, 'list'));
  const progress = '{"jsonrpc":"2.0","method":"notifications/progress",  "params":{"progressToken":1,"progress":0.5}}';
  expect(server(progress)).toEqual({ client: progress });
  const cancelled = '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}';
  expect(client(cancelled)).toEqual({ server: cancelled });
});

test('when the server ends, what is under way is answered and on record', () => {
  const { client, session, late, outcomes } = trial();
  client(call(1, 'list'));
  client(request(2, 'tools/list'));
  serverGone(session);
  expect(late.map((sent) => got(sent, 'client'))).toMatchObject([
    { id: 1, error: { message: 'the server has ended' } },
    { id: 2, error: {} },
  ]);
  expect(outcomes).toMatchObject([{ outcome: 'lost' }]);
  expect(session.pending.size).toBe(0);
});
