import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import { CASES } from '../arbitraries/cases.ts';
import { request, trial } from './gate.fixture.ts';
import { messagesIn } from './readers.ts';

const schema = { type: 'object', properties: { amount: { type: 'integer', maximum: 9 } } } as const;
const tools = { 'pay/list': grant('allow', { arguments: schema, record: ['/amount'] }), 'pay/drop': grant('deny') };
const open = policy([agent('desk', { tools: { ...tools, 'pay/@sampling': grant('allow') } })]);

const end = fc.constantFrom('\r', '\n', '\r\n');
const gap = fc.oneof({ weight: 60, arbitrary: fc.constant('') }, fc.constantFrom(' ', '\t'), end);
const spelled = (key: string) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(key) },
    fc.constant(key.toUpperCase()),
    fc.constant(`${key.charAt(0).toUpperCase()}${key.slice(1)}`),
  );
/** As JSON may have it: the first letter escaped, or not. */
const quoted = (text: string) =>
  fc.constantFrom(
    JSON.stringify(text),
    `"\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(text.slice(1)).slice(1)}`,
  );

type Text = fc.Arbitrary<string>;

function object(members: readonly [string, Text][]): Text {
  const all = members.map(([key, value]) =>
    fc
      .tuple(spelled(key).chain(quoted), gap, value, gap)
      .map(([name, before, text, after]) => `${name}:${before}${text}${after}`),
  );
  return fc.tuple(gap, fc.tuple(...all), gap).map(([before, texts, after]) => `{${before}${texts.join(',')}${after}}`);
}

const method = fc.constantFrom('tools/call', 'ping', 'notifications/x', 'notifications/cancelled', 'tools/list');
const values = object([['amount', fc.integer({ min: 8, max: 11 }).map(String)]]);
const name = fc.constantFrom('list', 'list', 'list', 'drop').chain(quoted);
const params = extended(
  [
    ['name', name],
    ['arguments', values],
  ],
  [
    ['name', name],
    ['arguments', values],
  ],
);

/** What a message has, and sometimes something more. */
function extended(base: [string, Text][], extra: [string, Text][]): Text {
  const more = fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray(extra, { minLength: 1, maxLength: 2 }));
  return more.chain((some) => object([...base, ...some]));
}

/** A message, with another one in it, perhaps. */
const message: Text = fc.letrec<{ line: string }>((tie) => {
  const alone = fc.tuple(end, tie('line'), end).map((parts) => parts.join(''));
  const inside = fc.oneof({ maxDepth: 2 }, params, object([['a', tie('line')]]), object([['a', alone]]));
  const head: [string, Text] = ['jsonrpc', fc.constant('"2.0"')];
  const id: [string, Text] = ['id', fc.constantFrom('1', '7', '"a"')];
  const named: [string, Text] = ['method', method.chain(quoted)];
  const extra: [string, Text][] = [
    named,
    ['params', params],
    id,
    ['result', fc.oneof({ maxDepth: 2 }, fc.constant('{}'), tie('line'))],
  ];
  return {
    line: fc.oneof(
      extended([head, id, named, ['params', params]], extra),
      extended([head, id, named, ['params', inside]], extra),
      extended([head, ['method', fc.constant('"notifications/x"')], ['params', inside]], extra),
      extended([head, ['id', fc.constant('7')], ['result', inside]], extra),
    ),
  };
}).line;

test('whoever reads what goes to the server, and however, finds no call in it but those that are on record as let through', () => {
  const found = { forwarded: 0, calls: 0 };
  fc.assert(
    fc.property(message, (line) => {
      const gate = trial({}, open);
      gate.server(request(7, 'sampling/createMessage', {}));
      const sent = gate.client(line);
      if (sent === undefined || !('server' in sent)) return;
      found.forwarded++;
      const allowed = gate.intents.flatMap(({ tool, decision, arguments: given }) =>
        decision === 'allow' ? [`${tool} ${(given as { amount?: number } | undefined)?.amount}`] : [],
      );
      for (const { method: read, name, amount } of messagesIn(sent.server)) {
        if (read !== 'tools/call') continue;
        found.calls++;
        expect(allowed).toContain(`pay/${name} ${amount}`);
      }
    }),
    { numRuns: CASES * 10 },
  );
  // What never gets through would show nothing.
  expect(found.forwarded).toBeGreaterThan(CASES / 10);
  expect(found.calls).toBeGreaterThan(CASES / 20);
}, 900_000);
