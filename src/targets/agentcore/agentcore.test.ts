import { describe, expect, test } from 'vitest';
import { agent, grant, policy } from '../../model/policy.fixture.ts';
import { actionName, clientVariables } from './names.ts';
import { contextOf } from './request.ts';
import { target } from './target.ts';

const told = (made: ReturnType<typeof policy>) =>
  target.emit(made).losses.map(({ what, tool }) => (tool ? `${what} ${tool}` : what));
const filesOf = (made: ReturnType<typeof policy>) =>
  new Map(target.emit(made).files.map(({ path, content }) => [path, content]));

const desk = policy([
  agent('desk', {
    tools: {
      Bash: grant('allow'),
      'pay/refund': grant('allow', {
        scopes: ['refunds:write'],
        arguments: {
          type: 'object',
          required: ['amount'],
          additionalProperties: false,
          properties: {
            amount: { type: 'integer', maximum: 5000 },
            note: { enum: ['$HOME', '"'] },
            'odd name': { type: 'string' },
          },
        },
      }),
      'pay/close': grant('deny'),
      'pay/wire': grant('ask'),
      'pay/*': grant('allow'),
      'mail-box/send': grant('allow'),
      'pay/@resources': grant('allow'),
    },
  }),
]);

describe('files', () => {
  test('one statement a policy, with the client, the scopes and the arguments that it is for', () => {
    const files = filesOf(desk);
    expect([...files.keys()]).toEqual([
      'policies/stakes_001_forbid_pay___close.cedar',
      'policies/stakes_002_permit_pay___refund.cedar',
      'tools.json',
    ]);
    expect(files.get('policies/stakes_002_permit_pay___refund.cedar')).toBe(`permit (
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"pay___refund",
  resource == AgentCore::Gateway::"\${GATEWAY_ARN}"
)
when {
  principal.hasTag("client_id") &&
  principal.getTag("client_id") == "\${CLIENT_ID}" &&
  principal.hasTag("scope") &&
  (principal.getTag("scope") == "refunds:write" || principal.getTag("scope") like "refunds:write *" || principal.getTag("scope") like "* refunds:write" || principal.getTag("scope") like "* refunds:write *") &&
  context.input has "amount" &&
  context.input["amount"] <= 5000 &&
  (if context.input has "note" then ["\\u{24}HOME", "\\""].contains(context.input["note"]) else true)
};
`);
    expect(JSON.parse(files.get('tools.json') ?? '')[1]).toEqual({
      name: 'pay___refund',
      inputSchema: { type: 'object', properties: { amount: { type: 'integer' }, note: { type: 'string' } } },
    });
  });

  test('the same policy in another order gives the same bytes', () => {
    const reversed = structuredClone(desk);
    for (const one of Object.values(reversed.agents))
      one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
    expect(target.emit(reversed)).toEqual(target.emit(desk));
  });

  test('no statement is larger than AWS takes, and neither are all of them', () => {
    const values = Array.from({ length: 90 }, (_, at) => `${at}`.padStart(90, 'v'));
    const arguments_ = { type: 'object' as const, properties: { a: { enum: values } } };
    const tools = Array.from(
      { length: 30 },
      (_, at) => [`s/t${at}`, grant('allow', { arguments: arguments_ })] as const,
    );
    const large = {
      type: 'object' as const,
      properties: { a: { enum: [...values, ...values.map((one) => `${one}w`)] } },
    };
    const made = policy([
      agent('a', { tools: { ...Object.fromEntries(tools), 's/large': grant('allow', { arguments: large }) } }),
    ]);
    const sizes = [...filesOf(made)].filter(([path]) => path.startsWith('policies/')).map(([, text]) => text.length);
    expect(Math.max(...sizes)).toBeLessThan(10_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    expect(told(made).filter((what) => what.startsWith('size'))).toContain('size s/large');
    expect(told(made).filter((what) => what.startsWith('size')).length).toBe(31 - sizes.length);
  });
});

test('losses: what the gateway does not see, cannot ask and cannot name', () => {
  expect(told(desk)).toEqual([
    'arguments pay/refund',
    'arguments pay/refund',
    'arguments pay/refund',
    'tools',
    'name mail-box/send',
    'wildcard pay/*',
    'features pay/@resources',
    'approval-gates pay/wire',
    'egress-allowlist',
    'filesystem',
  ]);
  const [first] = target.emit(desk).losses;
  expect(first?.message).toBe('AgentCore cannot check everything about `/odd name`');
});

test.each([
  ['files/read_doc', 'files___read_doc'],
  ['files/delete-doc', undefined],
  ['my_files/read', undefined],
  ['files/@sampling', undefined],
  ['a/b/c', undefined],
  ['Bash', undefined],
])('%s is %s at the gateway', (tool, name) => {
  expect(actionName(tool)).toBe(name);
});

test('each agent has a variable of its own', () => {
  expect([...clientVariables('root', ['root', 'a-b', 'a.b'])]).toEqual([
    ['root', 'CLIENT_ID'],
    ['a-b', 'CLIENT_ID_A_B'],
    ['a.b', 'CLIENT_ID_A_B_'],
  ]);
});

test.each([
  [{ type: 'number' as const }, 4.35009, { __extn: { fn: 'decimal', arg: '4.3500' } }],
  [{ type: 'number' as const }, -0.00001, { __extn: { fn: 'decimal', arg: '-0.0000' } }],
  [{ type: 'integer' as const }, 2.5, undefined],
  [{ type: 'string' as const }, 2, undefined],
  [{ type: 'object' as const, properties: { a: { type: 'boolean' as const } } }, { a: true, b: 1 }, { a: true }],
])('%j of %j is %j', (schema, input, context) => {
  expect(contextOf(schema, input)).toEqual(context);
});
