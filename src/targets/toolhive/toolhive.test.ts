import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { argumentChecks } from './conditions.ts';
import { hostLosses, profileOf } from './profile.ts';
import { attributesOf } from './request.ts';
import { target } from './target.ts';

const told = (made: ReturnType<typeof policy>) =>
  target.emit(made).losses.map(({ what, tool }) => (tool ? `${what} ${tool}` : what));
const fileOf = (made: ReturnType<typeof policy>, path: string) =>
  target.emit(made).files.find((file) => file.path === path)?.content ?? '';

const pay = server('node', ['pay.mjs'], { read: ['./kb'], write: ['./out'], allowedHosts: ['api.example.com'] });
const desk = policy([
  agent('desk', {
    servers: { pay },
    tools: {
      Bash: grant('allow'),
      'pay/refund': grant('allow', {
        arguments: {
          type: 'object',
          required: ['amount'],
          properties: { amount: { type: 'integer', maximum: 5000 }, 'a "note"': { type: 'string', pattern: '^SHOP-' } },
        },
      }),
      'pay/close': grant('deny'),
      'pay/wire': grant('ask'),
      'pay/*': grant('allow'),
      'pay/@resources': grant('allow'),
      'pay/@sampling': grant('allow'),
    },
  }),
]);

describe('files', () => {
  test('a list of policies for one server', () => {
    expect(parse(fileOf(desk, 'pay.authz.yaml'))).toEqual({
      version: '1.0',
      type: 'cedarv1',
      cedar: {
        entities_json: '[]',
        policies: [
          `permit(principal, action == Action::"call_tool", resource)
when {
  ![Tool::"close", Tool::"refund", Tool::"wire"].contains(resource)
};`,
          'permit(principal, action == Action::"read_resource", resource);',
          'forbid(principal, action == Action::"call_tool", resource == Tool::"close");',
          `permit(principal, action == Action::"call_tool", resource == Tool::"refund")
when {
  (if resource has "arg_a \\"note\\"" then resource["arg_a \\"note\\""] like "*" && resource["arg_a \\"note\\""] like "SHOP-*" else !(resource has "arg_a \\"note\\"_present")) &&
  resource has "arg_amount" &&
  resource["arg_amount"].lessThanOrEqual(decimal("922337203685477.5807")) && resource["arg_amount"].lessThanOrEqual(decimal("5000.0"))
};`,
        ],
      },
    });
  });

  test('the profile reaches what the server may reach', () => {
    expect(JSON.parse(fileOf(desk, 'pay.profile.json'))).toEqual({
      read: ['./kb'],
      write: ['./out'],
      network: { outbound: { insecure_allow_all: false, allow_host: ['api.example.com'], allow_port: [443] } },
    });
    const odd = server('node', [], { allowedHosts: ['*.example.com', 'a.example.com:8443', 'b.example.com'] });
    expect(profileOf(odd)).toMatchObject({
      network: { outbound: { allow_host: ['a.example.com', 'b.example.com'], allow_port: [443, 8443] } },
    });
    expect(hostLosses(odd).map(({ looser }) => looser)).toEqual([false, true]);
  });

  test('the same policy in another order gives the same bytes', () => {
    const reversed = structuredClone(desk);
    for (const one of Object.values(reversed.agents))
      one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
    expect(target.emit(reversed)).toEqual(target.emit(desk));
  });

  test('the files of a subagent have a folder of their own, whatever its name', () => {
    const made = policy([agent('a'), agent('../b', { tools: { 's/t': grant('allow') } })]);
    const [path] = target.emit(made).files.map((file) => file.path);
    expect(path).toMatch(/^subagents\/-b\.[0-9a-f]{32}\/s\.authz\.yaml$/);
  });
});

test('losses: what ToolHive does not see, cannot ask and cannot check', () => {
  expect(told(desk)).toEqual([
    'tools',
    'features pay/@sampling',
    'arguments pay/refund',
    'arguments pay/refund',
    'approval-gates pay/wire',
    'egress-allowlist',
    'filesystem',
    'servers',
    'agents',
  ]);
});

test('a number that may be left out on the way must be given', () => {
  const { all, stricter } = argumentChecks({ properties: { amount: { type: 'number', maximum: 50 } } });
  expect(all[0]).toMatch(/^\(if resource has "arg_amount" then .* else false\)$/);
  expect(stricter).toContain('`/amount` must be given');
});

test('arguments become attributes as they do in ToolHive', () => {
  expect(attributesOf('t', { a: 'x', b: true, c: 0.29, d: 1e15, e: [], f: null, g: -2 })).toEqual({
    arg_a: 'x',
    arg_b: true,
    arg_c: { __extn: { fn: 'decimal', arg: '0.2900' } },
    arg_e_present: true,
    arg_f_present: true,
    arg_g: { __extn: { fn: 'decimal', arg: '-2.0000' } },
    name: 't',
    operation: 'call',
    feature: 'tool',
  });
});
