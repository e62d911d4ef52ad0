import { expect, test } from 'vitest';
import { digestOf as textDigest } from '../../src/audit/hash.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { call, got, refusal, request, result, trial } from './gate.fixture.ts';

const GOOD = { amount: 120, charge: 'ch_12345678' };

test('a call that the policy allows goes on as it was judged, and is on record before and after', () => {
  const { client, server, intents, outcomes } = trial();
  const sent = client(call(1, 'refund', GOOD));
  expect(got(sent, 'server')).toEqual(call(1, 'refund', GOOD));
  expect(intents).toMatchObject([{ agent: 'desk', tool: 'pay/refund', decision: 'allow', reservedUsd: 1.2 }]);
  expect(outcomes).toEqual([]);
  expect(got(server(result(1, { content: [] })), 'client')).toEqual(result(1, { content: [] }));
  expect(outcomes).toMatchObject([{ intent: 0, outcome: 'ok', settledUsd: 1.2 }]);
});

test('a denied call is a result that the model can act on, never reaches the server, and is on record', () => {
  const { client, intents, outcomes, session } = trial();
  const sent = client(call(1, 'drop'));
  expect(got(sent, 'client')).toMatchObject({ id: 1, result: { isError: true } });
  expect(refusal(sent)).toContain('`pay/drop` is denied');
  expect(intents).toMatchObject([{ tool: 'pay/drop', decision: 'deny', rule: 'denied' }]);
  expect(outcomes).toEqual([]);
  expect(session.pending.size).toBe(0);
});

test('a result says that it is complete only to clients that speak the protocol that asks for it', () => {
  const { client } = trial();
  const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
  expect(got(client(request(1, 'tools/call', { name: 'drop', _meta })), 'client')).toMatchObject({
    result: { resultType: 'complete', isError: true },
  });
  expect(got(client(call(2, 'drop')), 'client')).not.toHaveProperty('result.resultType');
});

test('arguments outside of the schema are refused', () => {
  const { client } = trial();
  expect(refusal(client(call(1, 'refund', { ...GOOD, amount: 9000 })))).toContain('at most 5000');
});

test.each([
  ['a key given twice', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","name":"drop"}}'],
  [
    'a key given twice, escaped',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","n\\u0061me":"drop"}}',
  ],
  ['a key in another case', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","Name":"drop"}}'],
  [
    'a key in another case of arguments',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"a":{"x":1,"X":2}}}}',
  ],
  [
    'the letter K in Kelvin',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"key":1,"\u212aey":2}}}',
  ],
  [
    'a number that changes',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"id":12345678901234567890}}}',
  ],
  [
    'a number without end',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"id":1e999}}}',
  ],
  [
    'half of a surrogate pair',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"id":"\\ud800"}}}',
  ],
  [
    'keys of its own',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list"},"Params":{"name":"drop"}}',
  ],
  ['parameters of its own', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","tool":"drop"}}'],
  ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"drop"}}]'],
  ['no JSON', '{"jsonrpc":"2.0","id":1,'],
  ['no version', '{"id":1,"method":"tools/call","params":{"name":"list"}}'],
  ['an id that is none', '{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{"name":"list"}}'],
  ['null for an id', '{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"list"}}'],
  ['a name that is none', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["list"]}}'],
  ['the name of a feature', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"@resources"}}'],
  [
    'deep nesting',
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}}`,
  ],
])('a call that others could read otherwise is refused: %s', (_, line) => {
  const { client, session } = trial();
  const sent = client(line);
  expect(got(sent, 'server')).toBeUndefined();
  expect(refusal(sent)).toBeDefined();
  expect(session.pending.size).toBe(0);
});

test.each([
  [
    'spaces',
    '{ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "list", "arguments": { "a": 1.0, "b": 1e2 } } }',
  ],
  [
    'escapes',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"a":"\\u00e9\\n","__proto__":{"x":1}}}}',
  ],
  ['no arguments', '{"jsonrpc":"2.0","id":"one","method":"tools/call","params":{"name":"list"}}'],
])('a call that is written in another way goes on, with the same meaning: %s', (_, line) => {
  const { client } = trial();
  const sent = client(line);
  expect(got(sent, 'server')).toEqual(JSON.parse(line));
});

test('a call without an id reaches nobody: some servers run it', () => {
  const { client, told } = trial();
  expect(client({ jsonrpc: '2.0', method: 'tools/call', params: { name: 'list' } })).toBeUndefined();
  expect(told).toEqual(['a notification `tools/call` was dropped: it is no notification of MCP']);
});

test('an id that is under way cannot be used again', () => {
  const { client, intents } = trial();
  client(call(1, 'list'));
  expect(refusal(client(call(1, 'list')))).toContain('no answer yet');
  expect(intents).toHaveLength(1);
});

test('a method that no policy speaks of is refused', () => {
  const { client } = trial();
  expect(refusal(client(request(1, 'tools/install', {})))).toContain('no policy speaks of it');
});

test('nothing is forwarded that is not on record', () => {
  const full = () => {
    throw new Error('no space is left');
  };
  const { client, told } = trial({ log: { intent: full, outcome: full, together: (step) => step() } });
  const sent = client(call(1, 'list'));
  expect(got(sent, 'server')).toBeUndefined();
  expect(refusal(sent)).toContain('cannot be recorded');
  expect(told.join()).toContain('no space is left');
});

test('what a call would have spent is free again where it was not recorded', () => {
  let isFull = true;
  const log = {
    intent: () => {
      if (isFull) throw new Error('full');
      return 0;
    },
    outcome: () => undefined,
    together: (step: () => void) => step(),
  };
  const one = policy([agent('desk', { tools: { 'pay/refund': grant('allow', { maxCallsPerDay: 1 }) } })]);
  const { client } = trial({ log }, one);
  expect(refusal(client(call(1, 'refund')))).toContain('cannot be recorded');
  isFull = false;
  expect(got(client(call(2, 'refund')), 'server')).toBeDefined();
  expect(refusal(client(call(3, 'refund')))).toContain('cap is 1');
});

test('in shadow mode nothing is stopped, and everything is written down', () => {
  const { client, server, intents } = trial({ mode: 'shadow' });
  expect(got(client(call(1, 'drop')), 'server')).toBeDefined();
  expect(intents).toMatchObject([{ decision: 'deny', mode: 'shadow' }]);
  client(request(2, 'tools/list'));
  const tools = [{ name: 'drop' }, { name: 'list' }];
  expect(got(server(result(2, { tools })), 'client')).toEqual(result(2, { tools }));
});

test('a call that cannot be judged is on record by its text, and goes on in shadow mode only', () => {
  const twice = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"drop","name":"list"}}';
  const { client, intents } = trial();
  expect(refusal(client(twice))).toContain('given twice');
  expect(intents).toMatchObject([{ tool: 'pay/list', decision: 'deny', rule: 'unfit', digest: textDigest(twice) }]);
  const shadow = trial({ mode: 'shadow' });
  expect(shadow.client(twice)).toEqual({ server: twice });
  expect(shadow.intents).toMatchObject([{ decision: 'deny', rule: 'unfit', mode: 'shadow' }]);
  shadow.server(result(1, {}));
  expect(shadow.outcomes).toMatchObject([{ outcome: 'ok' }]);
});
