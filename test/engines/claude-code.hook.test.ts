import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { runBounded } from '../../src/probe/bounded.ts';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { hookSettings } from '../../src/targets/claude-code/hook-files.ts';
import { claudeEnvironment } from '../../src/targets/claude-code/proof/environment.ts';
import { withManagedSettings } from '../../src/targets/claude-code/proof/managed.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { type ClaudeSetup, claudeBinary } from './claude.ts';
import { countersOf, DESK, outcomeOf, paid, pay, play, read, stage } from './claude-code-hook.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

describe('what the model reads', () => {
  test('arguments outside of the schema, and the calls that are left, by launcher', async () => {
    const calls = [read, paid(60), paid('x'), paid(40), paid(50), paid(1)];
    const { executed, texts } = await play(workspace, stage(workspace, DESK), calls);
    expect(executed).toEqual(['bank/read', 'bank/pay', 'bank/pay']);
    expect(texts[1]).toContain('`bank/pay` is refused');
    expect(texts[1]).toContain('amount');
    expect(texts[5]).toContain('cap is 2');
  });

  test('the day goes on in a resumed and in a new session', async () => {
    const bundle = stage(workspace, DESK);
    expect((await play(workspace, bundle, [paid(1)])).executed).toEqual(['bank/pay']);
    const resumed = await outcomeOf(workspace, bundle, [paid(1), paid(1), paid(1)], { args: ['--continue'] });
    expect(resumed.executed).toEqual(['bank/pay']);
    expect((await play(workspace, bundle, [paid(1), read])).executed).toEqual(['bank/read']);
  });

  test('a call that repeats', async () => {
    const limits = { repeatsPerCall: 2 };
    const bundle = stage(
      workspace,
      policy([agent('desk', { tools: { 'bank/read': grant('allow') }, servers: { bank: server('true') }, limits })]),
    );
    const { executed, texts } = await play(workspace, bundle, [read, read, read, { ...read, input: { id: '2' } }]);
    expect(executed).toEqual(['bank/read', 'bank/read', 'bank/read']);
    expect(texts[2]).toContain('other arguments');
  });

  test('a session that is too long, and a rate', async () => {
    const tools = { 'bank/read': grant('allow') };
    const base = { tools, servers: { bank: server('true') } };
    const old = stage(workspace, policy([agent('desk', { ...base, limits: { sessionMinutes: 1 } })]));
    await play(workspace, old, [read]);
    const file = countersOf(workspace.home);
    // As if the session had begun two minutes ago.
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"started":(\d+)/, (_, at) => `"started":${Number(at) - 120_000}`),
    );
    const resumed = await outcomeOf(workspace, old, [read, read], { args: ['--continue'] });
    expect(resumed.executed).toEqual([]);
    expect(resumed.toolResults.at(-1)?.text).toContain('minutes it may');
    rmSync(file);
    const fast = stage(workspace, policy([agent('desk', { ...base, limits: { callsPerMinute: 3 } })]));
    expect((await play(workspace, fast, [read, read, read, read, read])).executed).toHaveLength(3);
  });
});

describe('the launcher', () => {
  test('cannot be started without its hook from the environment or the project', async () => {
    const bundle = stage(workspace, DESK);
    for (const folder of [workspace.home, workspace.project])
      writeIn(folder, '.claude/settings.json', { disableAllHooks: true });
    const { executed } = await play(workspace, bundle, [read, paid(60)], { env: { CLAUDE_CODE_SIMPLE: '1' } });
    expect(executed).toEqual(['bank/read']);
  });

  test.each([{ allowManagedHooksOnly: true }, { disableAllHooks: true }, { strictPluginOnlyCustomization: ['hooks'] }])(
    'does not start where an organisation says %j, unless it has the hook itself',
    async (settings) => {
      const script = join(stage(workspace, DESK), 'claude-code/launch.sh');
      const start = async (content: object) => {
        const managed = writeIn(workspace.root, 'managed.json', JSON.stringify(content));
        const [command, ...args] = withManagedSettings(managed, ['/bin/sh', script, '--version'], workspace.project);
        const env = claudeEnvironment(workspace, claudeBinary);
        return runBounded({ command, args, env, cwd: workspace.project, limitMs: 20_000 });
      };
      expect(await start(settings)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('keep the hook') as string,
      });
      expect((await start({})).code).toBe(0);
      expect((await start({ ...settings, ...hookSettings('desk', 'managed') })).code).toBe(0);
    },
  );
});

describe('subagents', () => {
  const tools = { 'bank/read': grant('allow') };
  const capped = { 'bank/pay': grant('allow', pay) };
  const TREE = policy([
    agent('boss', {
      tools,
      servers: { bank: server('true') },
      subagents: { clerk: 'clerk-agent' },
      limits: { subagentsPerSession: 2, delegationDepth: 1 },
    }),
    agent('clerk-agent', {
      tools: { ...capped, Read: grant('allow') },
      servers: { bank: server('true') },
      filesystem: { read: ['.'], write: [] },
    }),
  ]);
  const spawn = (type: string): ToolCall => ({
    name: 'Agent',
    input: { description: 'd', prompt: 'script of clerk', subagent_type: type, run_in_background: false },
  });

  test('count for the session, and each has grants of its own', async () => {
    writeIn(workspace.project, 'inside.txt', 'INSIDE');
    const calls = [
      { name: 'mcp__clerk-bank__pay', input: { amount: 99 } },
      { name: 'mcp__clerk-bank__pay', input: { amount: 9 } },
      { name: 'Read', input: { file_path: join(workspace.project, 'inside.txt') } },
    ];
    const run = { subagents: [{ marker: 'script of clerk', calls }] };
    const outcome = await outcomeOf(
      workspace,
      stage(workspace, TREE),
      [spawn('clerk'), spawn('clerk'), spawn('clerk'), read],
      run,
    );
    expect(outcome.executed).toEqual(['clerk-bank/pay', 'clerk-bank/pay', 'bank/read']);
    expect(outcome.toolResults[2]?.text).toContain('2 subagents');
    const inside = outcome.requests.filter(({ script }) => script === 1).at(-1)?.toolResults ?? [];
    expect(inside.map(({ text }) => text).join('\n')).toMatch(/amount[\s\S]*INSIDE/);
  });
});

describe('by the settings files', () => {
  const wide = {
    permissions: {
      allow: ['mcp__bank__read', 'mcp__bank__pay', 'mcp__bank__unlisted', 'mcp__other__read', 'Bash', 'Read'],
    },
  };
  const others = () => ({ name: 'mcp__other__read' });

  /** A person's own project: their server beside those of the policy, and everything allowed. */
  function ofPeople(bundle: string): string {
    const config = JSON.parse(readFileSync(join(bundle, 'claude-code/mcp.json'), 'utf8')) as {
      mcpServers: Record<string, { env: object }>;
    };
    const { bank } = config.mcpServers;
    const other = { ...bank, env: { ...bank?.env, STAKES_STUB_NAME: 'other' } };
    return writeIn(workspace.root, 'mcp.json', { mcpServers: { ...config.mcpServers, other } } as never);
  }

  test('a project: tools of MCP servers only', async () => {
    const bundle = stage(workspace, DESK);
    const settings = readFileSync(join(bundle, 'claude-code/settings.json'), 'utf8');
    const { permissions, ...rest } = JSON.parse(settings) as { permissions: { deny: string[] } };
    const deny = permissions.deny.filter((rule) => rule !== 'Bash');
    // A project whose owner lets people use the shell: that is none of the hook's business.
    writeIn(workspace.project, '.claude/settings.json', {
      ...rest,
      permissions: { ...permissions, ask: [], deny },
    } as never);
    writeIn(workspace.home, '.claude/settings.json', wide);
    const setup: ClaudeSetup = { by: 'flags', mcpConfig: ofPeople(bundle) };
    const unlisted = { name: 'mcp__bank__unlisted' };
    const shell: ToolCall = { name: 'Bash', input: { command: 'echo SHELL', description: 'd' } };
    const { executed, texts } = await play(workspace, bundle, [read, paid(60), paid(6), unlisted, others(), shell], {
      setup,
    });
    expect(executed).toEqual(['bank/read', 'bank/pay']);
    expect(texts[3]).toContain('what is not listed is refused');
    expect(texts[4]).toContain('what is not listed is refused');
    expect(texts[5]).toContain('SHELL');
  });

  test('a machine: every tool, whatever the user switches off', async () => {
    const bundle = stage(workspace, DESK);
    writeIn(workspace.home, '.claude/settings.json', { ...wide, disableAllHooks: true });
    writeIn(workspace.project, '.claude/settings.local.json', { ...wide, disableAllHooks: true });
    const flags = writeIn(workspace.root, 'flags.json', { ...wide, disableAllHooks: true });
    const file = join(bundle, 'claude-code/managed-settings.json');
    const open = JSON.parse(readFileSync(file, 'utf8')) as { permissions: { deny: string[] } };
    // As if a later version brought a tool that no rule names.
    open.permissions.deny = open.permissions.deny.filter((rule) => rule !== 'Read');
    const { allowedMcpServers: _, allowManagedMcpServersOnly: __, ...rest } = open as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...rest, allowManagedPermissionRulesOnly: false }));
    const setup: ClaudeSetup = { by: 'managed', mcpConfig: ofPeople(bundle), managedSettings: file, settings: flags };
    const inside = writeIn(workspace.project, 'inside.txt', 'INSIDE');
    const unnamed: ToolCall = { name: 'Read', input: { file_path: inside } };
    const run = { setup, env: { CLAUDE_CODE_SIMPLE: '1' } };
    const { executed, texts } = await play(
      workspace,
      bundle,
      [read, paid(60), paid(6), { name: 'mcp__bank__unlisted' }, others(), unnamed],
      run,
    );
    expect(executed).toEqual(['bank/read', 'bank/pay']);
    expect(texts.slice(3).filter((text) => !text.includes('not listed is refused'))).toEqual([]);
  });
});
