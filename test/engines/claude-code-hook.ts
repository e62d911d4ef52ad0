import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Grant, Policy } from '../../src/model/policy.ts';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { stageBundle, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { bundleSetup, type ClaudeOutcome, runClaude } from './claude.ts';

const OFFERED = ['read', 'pay', 'unlisted'];
export const pay: Partial<Grant> = {
  arguments: {
    type: 'object',
    required: ['amount'],
    properties: { amount: { type: 'integer', maximum: 50 } },
    additionalProperties: false,
  },
  highStakes: ['money leaves for good'],
  bounded: true,
  maxCallsPerDay: 2,
};
export const DESK = policy([
  agent('desk', {
    tools: { 'bank/read': grant('allow'), 'bank/pay': grant('allow', pay) },
    servers: { bank: server('true') },
    limits: { callsPerMinute: 20 },
  }),
]);

export const read: ToolCall = { name: 'mcp__bank__read', input: { id: '1' } };
export const paid = (amount: unknown): ToolCall => ({
  name: 'mcp__bank__pay',
  input: { amount } as ToolCall['input'] & object,
});

/** The bundle in the project, with stubs for its servers. */
export function stage(workspace: Workspace, made: Policy): string {
  const source = join(workspace.root, 'source');
  rmSync(source, { recursive: true, force: true });
  for (const { path, content } of target.emit(made).files) writeIn(source, `claude-code/${path}`, content);
  writeIn(source, 'policy.json', `${JSON.stringify(made, null, 2)}\n`);
  const servers = Object.values(made.agents).flatMap(({ servers: own }) => Object.keys(own));
  const copies = Object.keys(made.agents[made.root]?.subagents ?? {}).map((type) => `${type}-bank`);
  const tools = Object.fromEntries([...servers, ...copies].map((name) => [name, OFFERED]));
  return stageBundle(workspace, source, tools, { id: made.root });
}

export async function play(
  workspace: Workspace,
  bundle: string,
  toolCalls: ToolCall[],
  more: Partial<Parameters<typeof runClaude>[0]> = {},
) {
  const { executed, toolResults } = await outcomeOf(workspace, bundle, toolCalls, more);
  // A call that was never tried would pass for a refused one.
  expect(toolResults).toHaveLength(toolCalls.length);
  return { executed, texts: toolResults.map(({ text }) => text) };
}

export function outcomeOf(
  workspace: Workspace,
  bundle: string,
  toolCalls: ToolCall[],
  more: Partial<Parameters<typeof runClaude>[0]>,
): Promise<ClaudeOutcome> {
  return runClaude({ workspace, setup: bundleSetup(bundle, 'launcher'), toolCalls, ...more });
}

export function countersOf(home: string): string {
  const folder = join(home, '.local/state/stakes/counters');
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return join(folder, name ?? 'none');
}
