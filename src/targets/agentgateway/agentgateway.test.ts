import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { SCHEMA } from './schema.fixture.ts';
import { target } from './target.ts';
import { celString, withReferences } from './text.ts';

const valid = new Ajv2020({ allErrors: true }).compile(SCHEMA);
const faultsOf = (value: unknown) => (valid(value) ? [] : (valid.errors ?? []).map(({ message }) => message));
const configOf = (made: ReturnType<typeof policy>, path = 'config.yaml') =>
  parse(target.emit(made).files.find((file) => file.path === path)?.content ?? '');

const desk = policy([
  agent('desk', {
    limits: { callsPerMinute: 30, turnsPerSession: 9 },
    servers: {
      pay: server('node', ['pay.mjs', '--price', '$5'], { env: { KEY: '${PAY_KEY}', MODE: 'a$b' } }),
      docs: server('', [], { transport: 'http', command: null, url: 'https://docs.example.com/mcp' }),
    },
    tools: {
      Bash: grant('allow'),
      'pay/list': grant('allow'),
      'pay/refund': grant('ask'),
      'pay/close': grant('deny'),
      'pay/*': grant('allow'),
      'docs/@resources': grant('allow'),
      'docs/@sampling': grant('allow'),
      'docs/read "$HOME"': grant('allow', { arguments: { type: 'object', required: ['id'] } }),
    },
    subagents: { helper: 'helper' },
  }),
  agent('helper', { tools: { 'docs/read': grant('ask') } }),
]);

test('rules that allow, a rate and the servers', () => {
  const config = configOf(desk);
  expect(faultsOf(config)).toEqual([]);
  expect(config).toEqual({
    mcp: {
      port: 3000,
      policies: {
        localRateLimit: [{ maxTokens: 30, tokensPerFill: 30, fillInterval: '60s', type: 'requests' }],
        mcpAuthorization: {
          rules: [
            'false',
            'mcp.resource.target == "docs"',
            'mcp.tool.target == "docs" && mcp.tool.name == "read \\"\\u0024HOME\\""',
            'mcp.tool.target == "pay" && !(mcp.tool.name in ["close", "list", "refund"])',
            'mcp.tool.target == "pay" && mcp.tool.name == "list"',
          ],
        },
      },
      targets: [
        { name: 'docs', mcp: { host: 'https://docs.example.com/mcp' } },
        {
          name: 'pay',
          stdio: { cmd: 'node', args: ['pay.mjs', '--price', '$$5'], env: { KEY: '${PAY_KEY}', MODE: 'a$$b' } },
        },
      ],
    },
  });
});

test('an agent that may call nothing still has a rule, since none would allow everything', () => {
  expect(configOf(desk, 'subagents/helper.yaml').mcp).toMatchObject({
    port: 3001,
    policies: { localRateLimit: [{ maxTokens: 30 }], mcpAuthorization: { rules: ['false'] } },
  });
});

test('the schema has teeth', () => {
  const wrong = structuredClone(configOf(desk));
  wrong.mcp.policies.mcpAuthorisation = wrong.mcp.policies.mcpAuthorization;
  expect(faultsOf(wrong)).toEqual(['must NOT have additional properties']);
  expect(faultsOf({ mcp: { targets: [{ name: 'a' }] } })).not.toEqual([]);
  expect(
    faultsOf({ mcp: { targets: [], policies: { mcpAuthorization: { rules: [{ allows: 'true' }] } } } }),
  ).not.toEqual([]);
});

test('the same policy in another order gives the same bytes', () => {
  const reversed = structuredClone(desk);
  for (const one of Object.values(reversed.agents)) one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
  expect(target.emit(reversed)).toEqual(target.emit(desk));
});

test('losses: what the gateway does not see, cannot ask and does not hold', () => {
  const losses = target.emit(desk).losses.filter(({ agent: id }) => id === 'desk');
  expect(losses.map(({ what, tool }) => (tool ? `${what} ${tool}` : what))).toEqual([
    'tools',
    'features docs/@sampling',
    'arguments docs/read "$HOME"',
    'approval-gates pay/refund',
    'rate-limit',
    'loop-limit',
    'egress-allowlist',
    'filesystem',
    'servers',
    'agents',
    'environment',
  ]);
});

test('no name ends its literal or is filled in, and every file fits the schema', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '${HOME}', '$$', '~', '\n', '\u202e'),
  );
  fc.assert(
    fc.property(hostile, (name) => {
      expect(celString(name)).toMatch(/^"(?:[^"\\$\n\r]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/u);
      expect(
        withReferences(name)
          .replaceAll('$$', '')
          .replace(/\$\{[A-Za-z_]\w*\}/g, ''),
      ).not.toContain('$');
      const made = policy([
        agent('a', { tools: { [`s/${name}`]: grant('allow') }, servers: { s: server(name, [name]) } }),
      ]);
      expect(faultsOf(configOf(made))).toEqual([]);
    }),
  );
});
