import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Grant, Policy } from '../../src/model/policy.ts';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { runBounded } from '../../src/probe/bounded.ts';
import { createWorkspace, stageBundle, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { hookSettings } from '../../src/targets/claude-code/hook-files.ts';
import { claudeEnvironment } from '../../src/targets/claude-code/proof/environment.ts';
import { withManagedSettings } from '../../src/targets/claude-code/proof/managed.ts';
import { agent, grant, policy, server } from '../../src/targets/claude-code/sample.fixture.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { bundleSetup, type ClaudeOutcome, type ClaudeSetup, claudeBinary, runClaude } from './claude.ts';

const OFFERED = ['read', 'pay', 'unlisted'];
const pay: Partial<Grant> = {
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
const DESK = policy([
  agent('desk', {
    tools: { 'bank/read': grant('allow'), 'bank/pay': grant('allow', pay) },
    servers: { bank: server('true') },
    limits: { callsPerMinute: 20 },
  }),
]);

const read: ToolCall = { name: 'mcp__bank__read', input: { id: '1' } };
const paid = (amount: unknown): ToolCall => ({
  name: 'mcp__bank__pay',
  input: { amount } as ToolCall['input'] & object,
});

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

/** The bundle in the project, with stubs for its servers. */
function stage(made: Policy): string {
  const source = join(workspace.root, 'source');
  rmSync(source, { recursive: true, force: true });
  for (const { path, content } of target.emit(made).files) writeIn(source, `claude-code/${path}`, content);
  writeIn(source, 'policy.json', `${JSON.stringify(made, null, 2)}\n`);
  const servers = Object.values(made.agents).flatMap(({ servers: own }) => Object.keys(own));
  const copies = Object.keys(made.agents[made.root]?.subagents ?? {}).map((type) => `${type}-bank`);
  const tools = Object.fromEntries([...servers, ...copies].map((name) => [name, OFFERED]));
  return stageBundle(workspace, source, tools, { id: made.root });
}

async function play(bundle: string, toolCalls: ToolCall[], more: Partial<Parameters<typeof runClaude>[0]> = {}) {
  const { executed, toolResults } = await outcomeOf(bundle, toolCalls, more);
  // A call that was never tried would pass for a refused one.
  expect(toolResults).toHaveLength(toolCalls.length);
  return { executed, texts: toolResults.map(({ text }) => text) };
}

function outcomeOf(
  bundle: string,
  toolCalls: ToolCall[],
  more: Partial<Parameters<typeof runClaude>[0]>,
): Promise<ClaudeOutcome> {
  return runClaude({ workspace, setup: bundleSetup(bundle, 'launcher'), toolCalls, ...more });
}

function countersOf(home: string): string {
  const folder = join(home, '.local/state/stakes/counters');
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return join(folder, name ?? 'none');
}

describe('what the model reads', () => {
  test('arguments outside of the schema, and the calls that are left, by launcher', async () => {
    const calls = [read, paid(60), paid('x'), paid(40), paid(50), paid(1)];
    const { executed, texts } = await play(stage(DESK), calls);
    expect(executed).toEqual(['bank/read', 'bank/pay', 'bank/pay']);
    expect(texts[1]).toContain('`bank/pay` is refused');
    expect(texts[1]).toContain('amount');
    expect(texts[5]).toContain('cap is 2');
  });

  test('the day goes on in a resumed and in a new session', async () => {
    const bundle = stage(DESK);
    expect((await play(bundle, [paid(1)])).executed).toEqual(['bank/pay']);
    const resumed = await outcomeOf(bundle, [paid(1), paid(1), paid(1)], { args: ['--continue'] });
    expect(resumed.executed).toEqual(['bank/pay']);
    expect((await play(bundle, [paid(1), read])).executed).toEqual(['bank/read']);
  });

  test('a call that repeats', async () => {
    const limits = { repeatsPerCall: 2 };
    const bundle = stage(
      policy([agent('desk', { tools: { 'bank/read': grant('allow') }, servers: { bank: server('true') }, limits })]),
    );
    const { executed, texts } = await play(bundle, [read, read, read, { ...read, input: { id: '2' } }]);
    expect(executed).toEqual(['bank/read', 'bank/read', 'bank/read']);
    expect(texts[2]).toContain('other arguments');
  });

  test('a session that is too long, and a rate', async () => {
    const tools = { 'bank/read': grant('allow') };
    const base = { tools, servers: { bank: server('true') } };
    const old = stage(policy([agent('desk', { ...base, limits: { sessionMinutes: 1 } })]));
    await play(old, [read]);
    const file = countersOf(workspace.home);
    // As if the session had begun two minutes ago.
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"started":(\d+)/, (_, at) => `"started":${Number(at) - 120_000}`),
    );
    const resumed = await outcomeOf(old, [read, read], { args: ['--continue'] });
    expect(resumed.executed).toEqual([]);
    expect(resumed.toolResults.at(-1)?.text).toContain('minutes it may');
    rmSync(file);
    const fast = stage(policy([agent('desk', { ...base, limits: { callsPerMinute: 3 } })]));
    expect((await play(fast, [read, read, read, read, read])).executed).toHaveLength(3);
  });
});

describe('the launcher', () => {
  test('cannot be started without its hook from the environment or the project', async () => {
    const bundle = stage(DESK);
    for (const folder of [workspace.home, workspace.project])
      writeIn(folder, '.claude/settings.json', { disableAllHooks: true });
    const { executed } = await play(bundle, [read, paid(60)], { env: { CLAUDE_CODE_SIMPLE: '1' } });
    expect(executed).toEqual(['bank/read']);
  });

  test.each([{ allowManagedHooksOnly: true }, { disableAllHooks: true }, { strictPluginOnlyCustomization: ['hooks'] }])(
    'does not start where an organisation says %j, unless it has the hook itself',
    async (settings) => {
      const script = join(stage(DESK), 'claude-code/launch.sh');
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
    const outcome = await outcomeOf(stage(TREE), [spawn('clerk'), spawn('clerk'), spawn('clerk'), read], run);
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
    const bundle = stage(DESK);
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
    const { executed, texts } = await play(bundle, [read, paid(60), paid(6), unlisted, others(), shell], { setup });
    expect(executed).toEqual(['bank/read', 'bank/pay']);
    expect(texts[3]).toContain('what is not listed is refused');
    expect(texts[4]).toContain('what is not listed is refused');
    expect(texts[5]).toContain('SHELL');
  });

  test('a machine: every tool, whatever the user switches off', async () => {
    const bundle = stage(DESK);
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
      bundle,
      [read, paid(60), paid(6), { name: 'mcp__bank__unlisted' }, others(), unnamed],
      run,
    );
    expect(executed).toEqual(['bank/read', 'bank/pay']);
    expect(texts.slice(3).filter((text) => !text.includes('not listed is refused'))).toEqual([]);
  });
});

describe('nothing runs when', () => {
  type Harm = (bundle: string) => void;
  const inBundle =
    (path: string, change: (text: string) => string): Harm =>
    (bundle) => {
      const file = join(bundle, path);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    };
  const replaced = (path: string, text: string): Harm => inBundle(path, () => text);
  const gone =
    (path: string): Harm =>
    (bundle) =>
      rmSync(join(bundle, path));
  const hung =
    (program: string): Harm =>
    (bundle) => {
      replaced('claude-code/hook.mjs', program)(bundle);
      inBundle('claude-code/hook.sh', (text) => text.replace(/sleep \d+/, 'sleep 2'))(bundle);
    };
  const ofState =
    (change: (file: string) => void): Harm =>
    () => {
      const file = countersOf(workspace.home);
      change(file);
    };

  const harms: [string, Harm, RegExp][] = [
    ['the script is gone', gone('claude-code/hook.sh'), /hook\.sh/],
    ['the hook is gone', gone('claude-code/hook.mjs'), /no answer/],
    ['the table of tools is gone', gone('claude-code/hook.json'), /`hook.json` is missing/],
    ['the policy is gone', gone('policy.json'), /`policy.json` is missing; run `stakes generate`/],
    ['the policy is no JSON', replaced('policy.json', '{'), /`policy.json` is no JSON object/],
    [
      'the policy was edited',
      inBundle('policy.json', (text) => text.replace('"maximum": 50', '"maximum": 99')),
      /not the policy/,
    ],
    [
      'the policy is newer',
      inBundle('policy.json', (text) => text.replace('policy@1', 'policy@2')),
      /newer version of Stakes[\s\S]*update/,
    ],
    [
      'the policy is another file',
      inBundle('policy.json', (text) => text.replace('stakes/policy@1', 'other/policy@1')),
      /is no `stakes\/policy@1`/,
    ],
    ['the hook throws', replaced('claude-code/hook.mjs', 'throw new Error("x")'), /no answer/],
    ['the hook has a syntax error', replaced('claude-code/hook.mjs', 'const = 1'), /no answer/],
    ['the script is empty', replaced('claude-code/hook.sh', ''), /hook error/],
    ['the hook is empty', replaced('claude-code/hook.mjs', ''), /no answer/],
    ['the hook ends with another code', replaced('claude-code/hook.mjs', 'process.exit(3)'), /no answer/],
    ['the hook is killed', replaced('claude-code/hook.mjs', 'process.kill(process.pid, "SIGKILL")'), /no answer/],
    ['the hook spins', hung('for (;;);'), /no answer/],
    [
      'counters are damaged',
      ofState((file) => writeFileSync(file, '{"schema":"stakes/counters@1"')),
      /damaged[\s\S]*delete it/,
    ],
    [
      'counters are from the future',
      ofState((file) => writeFileSync(file, future(readFileSync(file, 'utf8')))),
      /clock was set back/,
    ],
    [
      'counters are a folder',
      ofState((file) => {
        rmSync(file);
        mkdirSync(file);
      }),
      /cannot be read/,
    ],
    ['counters are locked for ever', ofState((file) => writeFileSync(`${file}.lock`, 'someone else')), /locked/],
  ];
  const future = (text: string) =>
    text.replace(/"time":\d+/, `"time":${Date.UTC(2126, 0, 1)}`).replace(/"day":"[^"]*"/, '"day":"2126-01-01"');

  test.each(harms)('%s', async (_, harm, text) => {
    const bundle = stage(DESK);
    // It ran before, so that nothing else can be what stops it.
    expect((await play(bundle, [read])).executed).toEqual(['bank/read']);
    const launcher = join(bundle, 'claude-code/launch.sh');
    // What is missing at the start already keeps the launcher from starting; these are gone while it runs.
    writeFileSync(
      launcher,
      readFileSync(launcher, 'utf8').replace(/ hook\.sh hook\.mjs hook\.json \.\.\/policy\.json/, ''),
    );
    harm(bundle);
    const { executed, texts } = await play(bundle, [read, paid(1)]);
    expect(executed).toEqual([]);
    expect(texts.filter((one) => !text.test(one))).toEqual([]);
  });

  test('the hook waits for ever, for as long as the script waits', async () => {
    const bundle = stage(DESK);
    replaced('claude-code/hook.mjs', 'setInterval(() => {}, 1e6)')(bundle);
    const { executed, texts } = await play(bundle, [read], { limitMs: 120_000 });
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('no answer');
  });

  test('the state folder cannot be written', async () => {
    const bundle = stage(DESK);
    const file = writeIn(workspace.root, 'a-file', '');
    const { executed, texts } = await play(bundle, [read], { env: { XDG_STATE_HOME: file } });
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('cannot be written');
  });

  test('there is no node', async () => {
    const bundle = stage(DESK);
    const outcome = await outcomeOf(bundle, [read], { env: { PATH: pathWithoutNode() } });
    expect(outcome.executed).toEqual([]);
    expect(outcome.toolResults[0]?.text).toContain('no answer');
  });

  test('the arguments are huge', async () => {
    const bundle = stage(DESK);
    const { executed, texts } = await play(bundle, [{ ...read, input: { id: 'x'.repeat(5_000_000) } }]);
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('too large');
  });
});

/** Every program of the machine but that one; the stub servers call it by its whole path. */
function pathWithoutNode(): string {
  const bin = join(workspace.root, 'without-node');
  mkdirSync(bin);
  const programs = new Set(
    ['/usr/bin', '/bin'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)),
  );
  for (const program of [...programs, claudeBinary]) {
    const link = join(bin, basename(program));
    if (!/^node/.test(basename(program)) && !existsSync(link)) symlinkSync(program, link);
  }
  return bin;
}
