import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy } from '../../model/policy.fixture.ts';
import type { Policy } from '../../model/policy.ts';
import type { JsonSchema } from '../../schema/json-schema.ts';
import { yamlString } from './config.ts';
import { agentSchema, configSchema, keySchema } from './schema.fixture.ts';
import { target } from './target.ts';

/** Control characters, lone surrogates and all: names come from strangers. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const ajv = new Ajv({ strict: true, allErrors: true });

function faults(schema: JsonSchema, body: unknown): unknown[] {
  return ajv.validate(schema, body) ? [] : (ajv.errors ?? []);
}

function fileOf(made: Policy, path: string): unknown {
  const content = target.emit(made).files.find((file) => file.path === path)?.content ?? '';
  return path.endsWith('.yaml') ? parse(content) : JSON.parse(content);
}

const desk = policy([
  agent('desk', {
    tools: {
      Bash: grant('allow'),
      'kb/*': grant('allow'),
      'pay/list': grant('allow', { arguments: { type: 'object' } }),
      'pay/refund': grant('ask'),
      'pay/wipe': grant('deny'),
      'mail/*': grant('allow'),
      'mail/send': grant('deny'),
    },
    models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
    limits: { usdPerDay: 25, usdPerSession: 2, turnsPerSession: 40, callsPerMinute: 30, tokensPerSession: 1000 },
  }),
  agent('reader', { models: [{ provider: 'google', id: 'gemini-3' }], limits: { usdPerDay: 5 } }),
]);

describe('bodies', () => {
  test('the key: models, daily budget, and tools that need no approval', () => {
    expect(fileOf(desk, 'key-generate.json')).toEqual({
      models: ['claude-sonnet-4-5'],
      max_budget: 25,
      budget_duration: '1d',
      mcp_rpm_limit: { kb: 30, pay: 30 },
      object_permission: { mcp_servers: ['kb', 'pay'], mcp_tool_permissions: { pay: ['list'] } },
      metadata: { stakes_agent: 'desk', stakes_policy: desk.digest, max_iterations: 40 },
    });
  });

  test('the agent: caps of a session', () => {
    expect(fileOf(desk, 'agent.json')).toMatchObject({
      agent_name: 'desk',
      litellm_params: { require_trace_id_on_calls_by_agent: true, max_iterations: 40, max_budget_per_session: 2 },
    });
  });

  test('an agent without a server says so, since an empty list would mean all of them', () => {
    expect(fileOf(desk, 'subagents/reader/key-generate.json')).toMatchObject({
      object_permission: { mcp_servers: ['no-mcp-servers'] },
    });
  });

  test('the proxy: models, and one budget for all agents', () => {
    expect(fileOf(desk, 'config.yaml')).toEqual({
      model_list: [
        {
          model_name: 'claude-sonnet-4-5',
          litellm_params: { model: 'anthropic/claude-sonnet-4-5', api_key: 'os.environ/ANTHROPIC_API_KEY' },
        },
        { model_name: 'gemini-3', litellm_params: { model: 'gemini/gemini-3', api_key: 'os.environ/GEMINI_API_KEY' } },
      ],
      router_settings: {
        provider_budget_config: {
          anthropic: { budget_limit: 30, time_period: '1d' },
          gemini: { budget_limit: 30, time_period: '1d' },
        },
      },
      general_settings: { master_key: 'os.environ/LITELLM_MASTER_KEY', database_url: 'os.environ/DATABASE_URL' },
    });
  });

  test('the schema has teeth', () => {
    expect(faults(keySchema, fileOf(desk, 'key-generate.json'))).toEqual([]);
    expect(faults(keySchema, { ...(fileOf(desk, 'key-generate.json') as object), max_budgett: 1 })).not.toEqual([]);
    expect(faults(agentSchema, { agent_name: 'x' })).not.toEqual([]);
  });
});

test('every loss, by kind', () => {
  expect(
    target.emit(desk).losses.map(({ what, agent: by, tool }) => [what, by, tool].filter(Boolean).join(' ')),
  ).toEqual([
    'wildcard desk mail/*',
    'arguments desk pay/list',
    'approval-gates desk pay/refund',
    'deny-by-default desk',
    'spend-cap desk',
    'loop-limit desk',
    'token-budget desk',
    'rate-limit desk',
    'sandbox desk',
    'egress-allowlist desk',
    'deny-by-default reader',
    'spend-cap reader',
    'sandbox reader',
    'egress-allowlist reader',
  ]);
});

const name = fc.oneof(
  fc.string({ unit: codePoint, minLength: 1 }),
  fc.constantFrom('"', '\n', '__proto__', 'a: b', '- x', '${X}', '\u2028'),
);

test('whatever the names, every file fits the schema, and no denied or gated tool is offered', () => {
  const decision = fc.constantFrom('allow', 'ask', 'deny' as const);
  const tool = fc.oneof(
    name.map((one) => `s/${one}`),
    name,
    fc.constantFrom('s/*', 's/@resources', 't/*'),
  );
  const tools = fc.array(fc.tuple(tool, decision), { maxLength: 5 });
  const models = fc.array(fc.record({ provider: name, id: name }), { maxLength: 2 });
  const caps = fc.record({
    usdPerDay: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    turnsPerSession: fc.nat().map((n) => n + 1),
  });
  fc.assert(
    fc.property(tools, models, caps, (granted, some, limits) => {
      const all = Object.fromEntries(granted.map(([one, kind]) => [one, grant(kind)]));
      const made = policy([agent('desk', { tools: all, models: some, limits })]);
      expect(faults(agentSchema, fileOf(made, 'agent.json'))).toEqual([]);
      expect(faults(configSchema, fileOf(made, 'config.yaml'))).toEqual([]);
      const key = fileOf(made, 'key-generate.json') as {
        object_permission: { mcp_servers: string[]; mcp_tool_permissions?: object };
      };
      expect(faults(keySchema, key)).toEqual([]);
      const { mcp_servers: servers, mcp_tool_permissions: named = {} } = key.object_permission;
      for (const [one, { decision: kind }] of Object.entries(all)) {
        const [server = '', ...rest] = one.split('/');
        if (rest.length === 0 || kind === 'allow' || one.startsWith(`${server}/@`) || !servers.includes(server))
          continue;
        const offered = Object.entries(named).find(([of]) => of === server)?.[1] as string[] | undefined;
        expect(offered).toBeDefined();
        expect(offered).not.toContain(rest.join('/'));
      }
    }),
  );
});

test('a string of YAML is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: codePoint }).filter((text) => !/\p{Surrogate}/u.test(text)),
      (text) => {
        expect(yamlString(text)).toMatch(/^[\x20-\x7e]+$/);
        expect(parse(yamlString(text))).toBe(text);
      },
    ),
  );
});
