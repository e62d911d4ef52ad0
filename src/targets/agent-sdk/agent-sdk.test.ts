import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Policy } from '../../model/policy.ts';
import { writeIn } from '../../probe/workspace.ts';
import { agent, CONFUSED_NAMES, grant, ODD_NAMES, policy, server, TREE } from '../claude-code/sample.fixture.ts';
import { target } from './target.ts';

const root = mkdtempSync(join(tmpdir(), 'stakes-agent-sdk-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Options {
  agent: string;
  tools: string[];
  allowedTools?: string[];
  settings: { permissions: Record<'allow' | 'ask' | 'deny', string[]>; hooks?: unknown };
  settingSources: string[];
  mcpServers: Record<string, { env?: Record<string, string> }>;
  permissionMode: string;
  maxTurns?: number;
  maxBudgetUsd?: number;
  cwd: string;
  hooks: { PreToolUse: { hooks: ((input: object) => Promise<{ hookSpecificOutput?: Record<string, string> }>)[] }[] };
  canUseTool: (tool: string, input: object) => Promise<{ behavior: string }>;
}
type Approve = (call: { tool: string; input: object }) => Promise<unknown>;

let count = 0;

/** The module as a program would load it, from a bundle of its own. */
async function optionsOf(made: Policy, how: { approve?: Approve; changed?: Policy } = {}): Promise<Options> {
  const bundle = join(root, `project-${count++}`, '.stakes', made.root);
  for (const { path, content } of target.emit(made).files) writeIn(bundle, `agent-sdk/${path}`, content);
  writeIn(bundle, 'policy.json', JSON.stringify(how.changed ?? made));
  const { optionsFor } = (await import(pathToFileURL(join(bundle, 'agent-sdk/options.mjs')).href)) as {
    optionsFor: (given: object) => Options;
  };
  return optionsFor({ approve: how.approve });
}

async function refusalBy({ hooks }: Options, tool: string, input: object, more: object = {}): Promise<string> {
  const call = { hook_event_name: 'PreToolUse', session_id: 's', tool_name: tool, tool_input: input, ...more };
  const said = await hooks.PreToolUse[0]?.hooks[0]?.(call);
  return said?.hookSpecificOutput?.permissionDecisionReason ?? '';
}

const NUMBER = { type: 'object', properties: { n: { type: 'integer' } } } as const;
const desk = policy([
  agent('desk', {
    approvals: TREE.agents.tree?.approvals ?? null,
    servers: { pay: server('pay', [], { env: { KEY: '${STAKES_TEST_KEY}' } }) },
    limits: { turnsPerSession: 4, usdPerDay: 9, usdPerSession: 2 },
    tools: { 'pay/list': grant('allow', { arguments: NUMBER }), 'pay/send': grant('ask'), 'pay/wipe': grant('deny') },
  }),
]);

test('rules, caps and no settings of anybody else; nothing is allowed without the check', async () => {
  process.env.STAKES_TEST_KEY = 'dummy';
  const options = await optionsOf(desk);
  expect(options).toMatchObject({ maxTurns: 4, maxBudgetUsd: 2, settingSources: [], permissionMode: 'default' });
  expect(options.settings.permissions).toMatchObject({ allow: ['mcp__pay__list'], ask: ['mcp__pay__send'] });
  expect([options.allowedTools, options.settings.hooks, options.tools]).toEqual([undefined, undefined, []]);
  expect(options.mcpServers.pay?.env).toEqual({ KEY: '${STAKES_TEST_KEY}' });
});

test('a variable that is not set is named before anything starts', async () => {
  delete process.env.STAKES_TEST_KEY;
  await expect(optionsOf(desk)).rejects.toThrow('STAKES_TEST_KEY is not set');
  process.env.STAKES_TEST_KEY = 'dummy';
});

test('the check: arguments, unlisted tools, subagents that nobody listed, and a policy that is another one', async () => {
  const options = await optionsOf(desk);
  expect(await refusalBy(options, 'mcp__pay__list', { n: 1 })).toBe('');
  expect(await refusalBy(options, 'mcp__pay__list', { n: 'x' })).toContain('`/n` must be a whole number');
  expect(await refusalBy(options, 'mcp__pay__wipe', {})).toContain('denied');
  expect(await refusalBy(options, 'Bash', {})).toContain('not in the policy');
  expect(await refusalBy(options, 'mcp__pay__list', { n: 1 }, { agent_id: 'a', agent_type: 'x' })).toContain(
    'subagent',
  );
  const other = await optionsOf(desk, { changed: { ...desk, tier: 'light' } });
  expect(await refusalBy(other, 'mcp__pay__list', { n: 1 })).toContain('is not the policy');
});

test.each<[string, Approve, string]>([
  ['only `true`', async () => true, 'allow'],
  ['not what is like it', async () => 'yes', 'deny'],
  ['not a failure', () => Promise.reject(new Error('no connection')), 'deny'],
])('a yes is %s', async (_, approve, behavior) => {
  const options = await optionsOf(desk, { approve });
  expect((await options.canUseTool('mcp__pay__send', {})).behavior).toBe(behavior);
});

test.each([
  ['odd', ODD_NAMES],
  ['confused', CONFUSED_NAMES],
  ['a tree of', TREE],
])('%s names: a module that loads, the same for the same policy, that works in its project', async (_, made) => {
  const options = await optionsOf(made);
  expect(options.cwd).toContain(join(root, 'project-'));
  expect(options.settings.permissions.allow).not.toContain('mcp__a_b__read');
  expect(target.emit(made)).toEqual(target.emit(structuredClone(made)));
});
