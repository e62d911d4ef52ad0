import { expect, test } from 'vitest';
import { MOST_PENDING } from '../../src/gate/session.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { call, got, refusal, request, result, type Trial, trial } from './gate.fixture.ts';

const open = policy([agent('desk', { tools: { 'pay/list': grant('allow'), 'pay/@sampling': grant('allow') } })]);
const DROP = '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"drop","arguments":{}}}';
const sampling = '"sampling/createMessage"';

/** A session in which the server waits for an answer to its request 7. */
function asked(): Trial {
  const gate = trial({}, open);
  gate.server(request(7, 'sampling/createMessage', {}));
  return gate;
}

// Go reads `Method` as `method`, and the last one counts; Python, Java and C# end a line at a carriage return, too.
test.each([
  [
    'a notification that is a call in another case',
    `{"jsonrpc":"2.0","method":"notifications/x","Id":9,"Method":"tools/call","params":{"name":"drop"}}`,
  ],
  ['a notification with a result', '{"jsonrpc":"2.0","method":"notifications/x","result":{}}'],
  [
    'a notification whose method is given twice',
    '{"jsonrpc":"2.0","method":"tools/call","method":"notifications/x","params":{"name":"drop"}}',
  ],
  [
    'a ping that is a call in another case',
    '{"jsonrpc":"2.0","id":9,"method":"ping","METHOD":"tools/call","params":{"name":"drop"}}',
  ],
  [
    'a ping whose method is given twice',
    '{"jsonrpc":"2.0","id":9,"method":"tools/call","method":"ping","params":{"name":"drop"}}',
  ],
  [
    'a listing with deep parameters',
    `{"jsonrpc":"2.0","id":9,"method":"tools/list","params":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`,
  ],
  [
    'an answer that is a call in another case',
    '{"jsonrpc":"2.0","id":7,"result":{},"Method":"tools/call","params":{"name":"drop"}}',
  ],
  ['an answer whose result is given twice', '{"jsonrpc":"2.0","id":7,"result":{"a":1},"result":{}}'],
])('what another reader takes for something else does not reach the server: %s', (_, line) => {
  const gate = asked();
  const sent = gate.client(line);
  expect(JSON.stringify(sent) ?? '').not.toContain('drop');
  expect(got(sent, 'server')).not.toMatchObject({ method: expect.anything() });
  expect(got(sent, 'server')).not.toMatchObject({ result: expect.anything() });
  expect(gate.intents.filter(({ tool }) => tool !== 'pay/@sampling')).toEqual([]);
});

test.each([
  ['a notification', `{"jsonrpc":"2.0","method":"notifications/x","params":{"a":\r${DROP}\r}}`],
  ['a free request', `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":\r${DROP}\n}}`],
  ['an answer', `{"jsonrpc":"2.0","id":7,"result":{"a":\n${DROP}\r\n}}`],
])('no message hides between the line breaks of another: %s of the client', (_, line) => {
  const sent = asked().client(line) as { server: string };
  expect(got(sent, 'server')).toBeDefined();
  expect(sent.server).not.toMatch(/[\r\n]/);
});

test.each([
  [
    'a notification',
    `{"jsonrpc":"2.0","method":"notifications/x","params":\r{"jsonrpc":"2.0","id":9,"method":${sampling}}\r}`,
  ],
  [
    'a result',
    `{"jsonrpc":"2.0","id":1,"result":{"content":[],"a":\r{"jsonrpc":"2.0","id":9,"method":${sampling}}\r}}`,
  ],
])('nor of the server: %s', (_, line) => {
  const gate = trial();
  gate.client(call(1, 'list'));
  const sent = gate.server(line) as { client: string };
  expect(got(sent, 'client')).toBeDefined();
  expect(sent.client).not.toMatch(/[\r\n]/);
});

test.each([
  ['a notification that asks', `{"jsonrpc":"2.0","method":"notifications/x","ID":9,"Method":${sampling}}`],
  ['a ping that asks', `{"jsonrpc":"2.0","id":9,"method":"ping","Method":${sampling}}`],
  ['a ping that asks first', `{"jsonrpc":"2.0","id":9,"method":${sampling},"method":"ping"}`],
  ['a result that asks', `{"jsonrpc":"2.0","id":1,"result":{"content":[]},"Method":${sampling}}`],
])('what another reader takes for a question does not reach the client: %s', (_, line) => {
  const gate = trial();
  gate.client(call(1, 'list'));
  expect(JSON.stringify(gate.server(line)) ?? '').not.toContain('sampling');
  expect(gate.outcomes.map(({ outcome }) => outcome)).toEqual(line.includes('result') ? ['error'] : []);
});

test.each([
  ['letters', 'x'],
  ['escapes', '\\"'],
  ['backslashes', '\\\\'],
])('a call of thirty million bytes is judged like any other: %s', (_, unit) => {
  const text = unit.repeat(30_000_000 / unit.length);
  const line = (more: string) =>
    `{"jsonrpc": "2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"a":"${text}"}${more}}}`;
  expect(got(trial().client(line('')), 'server')).toMatchObject({ id: 1 });
  expect(refusal(trial().client(line(',"name":"list"')))).toContain('given twice');
});

test('a number of a million digits is refused at once', () => {
  const line = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list","arguments":{"a":1${'0'.repeat(1_000_000)}1}}}`;
  expect(refusal(trial().client(line))).toContain('more digits');
});

test('what tells of things in two spellings or with long numbers is carried as it is', () => {
  const data = '{"Accept":"a","accept":"b","id":12345678901234567890}';
  const logged = `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":${data}}}`;
  const answer = `{"jsonrpc":"2.0","id":7,"result":{"content":${data}}}`;
  expect(trial().server(logged)).toEqual({ client: logged });
  expect(trial().client(logged)).toEqual({ server: logged });
  expect(asked().client(answer)).toEqual({ server: answer });
});

test('a list that nests deeper than can be written again ends nothing', () => {
  const gate = trial();
  gate.client(request(1, 'tools/list'));
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const line = `{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"list","inputSchema":${deep}}]}}`;
  expect(refusal(gate.server(line))).toBeDefined();
});

test('calls that were cancelled and never answered do not use up the room for others', () => {
  const gate = trial({}, open);
  for (let id = 0; id < MOST_PENDING + 50; id++) {
    expect(refusal(gate.client(call(id, 'list', { id }))), `call ${id}`).toBeUndefined();
    gate.client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
  }
  expect(gate.session.pending.size).toBeLessThanOrEqual(MOST_PENDING);
  expect(gate.outcomes.every(({ outcome }) => outcome === 'lost')).toBe(true);
  expect(gate.outcomes.length).toBe(gate.intents.length - gate.session.pending.size);
});

test('a call that was cancelled and ran all the same is on record as such, and its client hears nothing', () => {
  const gate = trial();
  gate.client(call(1, 'list'));
  gate.client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  expect(gate.outcomes).toEqual([]);
  expect(refusal(gate.client(call(1, 'list'))), 'an id that may still be answered').toContain('no answer yet');
  expect(gate.server(result(1, { content: [] }))).toBeUndefined();
  expect(gate.outcomes).toMatchObject([{ outcome: 'ok' }]);
});

test('questions that a server takes back do not use up the room for others', () => {
  const gate = trial({}, open);
  for (let id = 0; id < MOST_PENDING + 50; id++) {
    expect(got(gate.server(request(id, 'ping')), 'client'), `question ${id}`).toBeDefined();
    gate.server({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
  }
  expect(gate.session.questions.size).toBe(0);
});

test('a server that answers twice is heard once', () => {
  const gate = trial();
  gate.client(call(1, 'list'));
  expect(got(gate.server(result(1, { content: [] })), 'client')).toBeDefined();
  expect(gate.server(result(1, { content: [], isError: true }))).toBeUndefined();
  expect(gate.outcomes).toMatchObject([{ outcome: 'ok' }]);
});

const ODD_IDS = [
  '1.5',
  '1e3',
  '-0',
  '9007199254740993',
  '""',
  '"1"',
  'true',
  '[1]',
  '{}',
  'null',
  `"${'i'.repeat(2000)}"`,
];
test.each(ODD_IDS)('an id of %s is carried exactly, or refused', (id) => {
  const gate = trial();
  const sent = gate.client(`{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"list"}}`);
  const forwarded = got(sent, 'server');
  if (forwarded === undefined) expect(refusal(sent)).toBeDefined();
  else expect(forwarded.id).toBe(JSON.parse(id) === 0 ? 0 : JSON.parse(id));
});

const SPELLINGS = [
  'Drop',
  'DROP',
  'drop ',
  ' drop',
  'drop\0',
  'drop\n',
  'ｄｒｏｐ',
  'dro\u200bp',
  'drop\u00ad',
  'd\u202erop',
];
test.each(SPELLINGS)('a wildcard does not open a denied tool under another spelling: %j', (name) => {
  const wide = policy([agent('desk', { tools: { 'pay/*': grant('allow'), 'pay/drop': grant('deny') } })]);
  expect(got(trial({}, wide).client(call(1, name)), 'server')).toBeUndefined();
});

test.each(['{"Amount":9000}', '{"AMOUNT":9000}', '{"\\uff41mount":9000}', '{"lines":[{"amount":1},{"Amount":9000}]}'])(
  'what holds an argument holds it under another spelling: %s',
  (values) => {
    const amount = { type: 'integer', maximum: 9 } as const;
    const lines = { type: 'array', items: { type: 'object', properties: { amount } } } as const;
    const schema = { type: 'object', properties: { amount, lines } } as const;
    const one = policy([agent('desk', { tools: { 'pay/refund': grant('allow', { arguments: schema }) } })]);
    const line = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"refund","arguments":${values}}}`;
    expect(refusal(trial({}, one).client(line))).toContain('one of its arguments');
    expect(got(trial({}, one).client(call(2, 'refund', { amount: 1, Note: 'x' })), 'server')).toBeDefined();
  },
);

test.each([
  'Tools/Call',
  'tools/call ',
  'tools\\/call',
  'tools/Call',
  'TOOLS/CALL',
  'tools/call\0',
  'tools.call',
  '',
  'constructor',
  '__proto__',
])('a method spelled %j is no call', (method) => {
  const gate = trial();
  expect(got(gate.client(request(1, method, { name: 'drop' })), 'server')).toBeUndefined();
  expect(got(gate.client({ jsonrpc: '2.0', method, params: { name: 'drop' } }), 'server')).toBeUndefined();
});

test.each([
  'null',
  '[]',
  '"text"',
  '7',
  '{"__proto__":{"name":"list"}}',
  '{"name":"list","arguments":{},"ARGUMENTS":{}}',
  '{"name":null}',
  '{"name":{"toString":"list"}}',
  '{}',
])('a call with the parameters %s goes nowhere', (params) => {
  const gate = trial();
  const sent = gate.client(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);
  expect(got(sent, 'server')).toBeUndefined();
  expect(refusal(sent)).toBeDefined();
});

test('requests before the session begins are judged like any other', () => {
  const gate = trial();
  expect(refusal(gate.client(call(1, 'drop')))).toContain('is denied');
  expect(refusal(gate.client(request(2, 'resources/read', { uri: 'a:b' })))).toContain('not granted');
});
