import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { target } from './target.ts';

const bodyOf = (made: ReturnType<typeof policy>, path: string) =>
  parse(target.emit(made).files.find((file) => file.path === path)?.content ?? '');
const told = (made: ReturnType<typeof policy>, id: string) =>
  target
    .emit(made)
    .losses.filter((loss) => loss.agent === id)
    .map(({ what, tool }) => (tool ? `${what} ${tool}` : what));

const remote = server('', [], { transport: 'http', command: null, url: 'https://pay.example.com/mcp' });
const desk = policy([
  agent('desk', {
    models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
    limits: { usdPerSession: 2.559, turnsPerSession: 9 },
    network: { egress: 'listed', allowedHosts: ['docs.example.com', '*.example.org', 'api.example.com:8443'] },
    servers: { pay: remote, files: server('node', ['files.mjs']) },
    tools: {
      Bash: grant('ask'),
      Read: grant('allow'),
      Task: grant('allow'),
      WebFetch: grant('allow'),
      Write: grant('deny'),
      'pay/list': grant('allow'),
      'pay/refund': grant('ask', { arguments: { type: 'object', required: ['amount'] } }),
      'pay/close': grant('deny'),
      'pay/@resources': grant('allow'),
      'files/read': grant('allow'),
    },
    subagents: { helper: 'helper' },
  }),
  agent('helper', { servers: { pay: remote }, tools: { 'pay/*': grant('ask'), 'pay/list': grant('allow') } }),
]);

test('what is not named is off, what asks asks', () => {
  expect(bodyOf(desk, 'agent.yaml')).toEqual({
    name: 'desk',
    model: 'claude-sonnet-4-5',
    mcp_servers: [{ type: 'url', name: 'pay', url: 'https://pay.example.com/mcp' }],
    tools: [
      {
        type: 'agent_toolset_20260401',
        default_config: { enabled: false },
        configs: [
          { name: 'bash', enabled: true, permission_policy: { type: 'always_ask' } },
          { name: 'read', enabled: true, permission_policy: { type: 'always_allow' } },
          { name: 'web_fetch', enabled: true, permission_policy: { type: 'always_allow' } },
          { name: 'write', enabled: false },
        ],
      },
      {
        type: 'mcp_toolset',
        mcp_server_name: 'pay',
        default_config: { enabled: false },
        configs: [
          { name: 'close', enabled: false },
          { name: 'list', enabled: true, permission_policy: { type: 'always_allow' } },
          { name: 'refund', enabled: true, permission_policy: { type: 'always_ask' } },
        ],
      },
    ],
  });
});

test('the rest of a server is its default', () => {
  const { model, tools } = bodyOf(desk, 'subagents/helper.yaml');
  expect(model).toBe('${MODEL}');
  expect(tools[1]).toMatchObject({
    default_config: { enabled: true, permission_policy: { type: 'always_ask' } },
    configs: [{ name: 'list', permission_policy: { type: 'always_allow' } }],
  });
});

test('the container reaches whole names only, and nothing where nothing is listed', () => {
  const networking = {
    type: 'limited',
    allowed_hosts: ['docs.example.com'],
    allow_mcp_servers: false,
    allow_package_managers: false,
  };
  expect(bodyOf(desk, 'environment.yaml').config).toEqual({ type: 'cloud', networking });
  const networkOf = (egress: 'none' | 'unknown' | 'open') =>
    bodyOf(policy([agent('a', { network: { egress, allowedHosts: ['x.example.com'] } })]), 'environment.yaml').config
      .networking;
  expect(networkOf('none')).toEqual({ ...networking, allowed_hosts: [] });
  expect(networkOf('unknown')).toEqual({ ...networking, allowed_hosts: [] });
  expect(networkOf('open')).toEqual({ type: 'unrestricted' });
});

test('a budget is in whole cents and never raised', () => {
  expect(bodyOf(desk, 'session.yaml')).toEqual({
    budget: { type: 'limit', max_list_cost: { currency: 'USD', amount: '255' } },
  });
  expect(target.emit(policy([agent('a')])).files.map(({ path }) => path)).toEqual(['agent.yaml', 'environment.yaml']);
});

test('the same policy in another order gives the same bytes', () => {
  const reversed = structuredClone(desk);
  for (const one of Object.values(reversed.agents)) one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
  expect(target.emit(reversed)).toEqual(target.emit(desk));
});

test('losses', () => {
  expect(told(desk, 'desk')).toEqual([
    'tools Task',
    'tools files/read',
    'features pay/@resources',
    'arguments pay/refund',
    'loop-limit',
    'egress',
    'egress-allowlist',
    'filesystem',
  ]);
  expect(told(desk, 'helper')).toEqual(['filesystem']);
});
