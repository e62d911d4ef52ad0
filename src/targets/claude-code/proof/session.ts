import { join } from 'node:path';
import type { ModelUsage, ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { type ModelRequest, type Script, startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import type { Workspace } from '../../../probe/workspace.ts';
import { claudeEnvironment } from './environment.ts';
import { withManagedSettings } from './managed.ts';

const rootPrompt = 'play the root script';

/** How the generated files reach the engine; paths are absolute. */
export type ClaudeSetup =
  | { by: 'flags'; mcpConfig: string; settings?: string }
  | { by: 'managed'; mcpConfig: string; managedSettings: string; settings?: string }
  | { by: 'launcher'; script: string };

export type ClaudeRun = {
  /** Absolute path of the client. */
  binary: string;
  /** Other programs by the name that the generated files call. */
  programs?: Readonly<Record<string, string>>;
  workspace: Workspace;
  setup: ClaudeSetup;
  toolCalls: readonly ToolCall[];
  /** Scripts for subagents; the `marker` is a text of the prompt that the root's `Agent` call hands over. */
  subagents?: readonly Script[];
  args?: readonly string[];
  env?: Record<string, string>;
  usage?: ModelUsage;
  /** The launcher chooses its own when this is absent. */
  model?: string;
  /** Where the client starts; the workspace's project when absent. */
  cwd?: string;
  limitMs?: number;
};

export type ClaudeOutcome = {
  /** What the stub servers really ran, as `server/tool`. */
  executed: string[];
  calls: ExecutedCall[];
  /** Incomplete by design: a denied tool is gone rather than refused, and background subagents hide earlier ones. */
  denials: { tool: string; input: JsonRecord }[];
  /** Texts the client sent back for the root's tool calls, in order. */
  toolResults: { text: string; isError: boolean }[];
  /** Tools that the client offered in the root's first turn. */
  offered: string[];
  subtype: string;
  result: JsonRecord;
  requests: ModelRequest[];
} & BoundedResult;

/** The setup for a generated bundle, by the file names that the generator uses. */
export function bundleSetup(bundle: string, by: ClaudeSetup['by']): ClaudeSetup {
  const file = (name: string): string => join(bundle, 'claude-code', name);
  if (by === 'launcher') return { by, script: file('launch.sh') };
  const mcpConfig = file('mcp.json');
  if (by === 'managed') return { by, mcpConfig, managedSettings: file('managed-settings.json') };
  return { by, mcpConfig, settings: file('launcher-settings.json') };
}

/** Plays `toolCalls` through the real client. Throws when the client ended without a result of its own. */
export async function runClaude(run: ClaudeRun): Promise<ClaudeOutcome> {
  const model = await startModelServer(
    [{ marker: rootPrompt, calls: run.toolCalls }, ...(run.subagents ?? [])],
    run.usage,
  );
  try {
    const env = {
      ...claudeEnvironment(run.workspace, run.binary, run.programs),
      ANTHROPIC_BASE_URL: model.url,
      ...run.env,
    };
    const cwd = run.cwd ?? run.workspace.project;
    const earlier = readExecuted(run.workspace.log).length;
    const [command, ...args] = commandLine(run, cwd);
    const ended = await runBounded({ command, args, env, cwd, limitMs: run.limitMs ?? 60_000 });
    const result = lastJsonLine(ended.stdout);
    // A client that never started executes nothing either, and must not read as one that refused.
    if (result.type !== 'result')
      throw new Error(
        `claude gave no result (exit ${ended.code}, timed out ${ended.timedOut}): ${ended.stderr}${ended.stdout}`,
      );
    const root = model.requests.filter((request) => request.script === 0);
    const calls = readExecuted(run.workspace.log).slice(earlier);
    return {
      ...ended,
      executed: calls.map((call) => `${call.server}/${call.tool}`),
      calls,
      denials: asList(result.permission_denials).map((denial) => ({
        tool: asText(asRecord(denial).tool_name),
        input: asRecord(asRecord(denial).tool_input),
      })),
      toolResults: root.at(-1)?.toolResults ?? [],
      offered: root[0]?.tools ?? [],
      subtype: asText(result.subtype),
      result,
      requests: model.requests,
    };
  } finally {
    await model.close();
  }
}

function commandLine(run: ClaudeRun, cwd: string): [string, ...string[]] {
  const { setup } = run;
  const model = run.model ?? (setup.by === 'launcher' ? undefined : 'claude-sonnet-4-5');
  const extra = [...(model === undefined ? [] : ['--model', model]), ...(run.args ?? [])];
  const args = ['-p', rootPrompt, '--output-format', 'json', ...extra];
  if (setup.by === 'launcher') return ['/bin/sh', setup.script, ...args];
  const mcp = ['--mcp-config', setup.mcpConfig, '--strict-mcp-config'];
  const settings = setup.settings === undefined ? [] : ['--settings', setup.settings];
  const direct: [string, ...string[]] = [run.binary, ...args, ...mcp, ...settings];
  return setup.by === 'flags' ? direct : withManagedSettings(setup.managedSettings, direct, cwd);
}

function lastJsonLine(text: string): JsonRecord {
  const line = text.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) return {};
  return asRecord(parseJson(line));
}
