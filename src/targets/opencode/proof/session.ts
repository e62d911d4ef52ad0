import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import { type ModelRequest, type Script, startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';

export const ROOT_PROMPT = 'play the root script';

export interface OpenCodeRun {
  /** Absolute path of the program. */
  binary: string;
  workspace: Workspace;
  /** The launcher, or a folder with the machine's `opencode.json`. */
  start: { script: string } | { managed: string } | { config: string };
  calls: readonly ToolCall[];
  /** Scripts for subagents; the `marker` is a text of the prompt that the root hands over. */
  subagents?: readonly Script[];
  /** Models that agents insist on, as `provider/id`; all are played by the script. */
  models: readonly string[];
  /** What a user's own configuration says besides. */
  user?: JsonRecord;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  limitMs?: number;
}

export interface OpenCodeOutcome extends BoundedResult {
  /** What the stub servers really ran. */
  calls: ExecutedCall[];
  requests: ModelRequest[];
  /** Texts that the model got back for its calls, by script; the root's is the first. */
  texts: (script: number) => string[];
}

const OWN_MODEL = 'stakes-proof/scripted';
const LIMIT_MS = 120_000;

/** Plays `calls` through the real program. Throws when the model was never asked. */
export async function runOpenCode(run: OpenCodeRun): Promise<OpenCodeOutcome> {
  const { workspace } = run;
  const model = await startModelServer([{ marker: ROOT_PROMPT, calls: run.calls }, ...(run.subagents ?? [])]);
  try {
    const user = { ...run.user, ...userConfig(model.url, run.models) };
    writeIn(workspace.home, '.config/opencode/opencode.json', user);
    const earlier = readExecuted(workspace.log).length;
    const [command, ...args] = commandLine(run);
    const env = { ...environment(workspace, run.binary), ...placed(run.start), ...run.env };
    const ended = await runBounded({ command, args, env, cwd: workspace.project, limitMs: run.limitMs ?? LIMIT_MS });
    // A program that never started runs nothing either, and must not read as one that refused.
    if (model.requests.length === 0)
      throw new Error(`opencode asked no model (exit ${ended.code}): ${ended.stderr}${ended.stdout}`);
    const texts = (script: number): string[] =>
      (model.requests.filter((request) => request.script === script).at(-1)?.toolResults ?? []).map(({ text }) => text);
    return { ...ended, calls: readExecuted(workspace.log).slice(earlier), requests: model.requests, texts };
  } finally {
    await model.close();
  }
}

/** Its providers are the script's, and a refused call does not end the session, so that one session tries many. */
function userConfig(url: string, models: readonly string[]): JsonRecord {
  const provider: Record<string, JsonRecord> = {};
  for (const name of [OWN_MODEL, ...models]) {
    const slash = name.indexOf('/');
    const [id, known] = [name.slice(0, slash), asModels(provider[name.slice(0, slash)])];
    const limit = { context: 200_000, output: 8_000 };
    provider[id] = {
      npm: '@ai-sdk/openai-compatible',
      name: id,
      options: { baseURL: `${url}/v1`, apiKey: 'dummy' },
      models: { ...known, [name.slice(slash + 1)]: { name: 'scripted', tool_call: true, limit } },
    };
  }
  return { provider, experimental: { continue_loop_on_deny: true } };
}

function asModels(provider: JsonRecord | undefined): JsonRecord {
  return (provider?.models ?? {}) as JsonRecord;
}

function commandLine({ start, binary, models, args = [] }: OpenCodeRun): [string, ...string[]] {
  const rest = ['run', ROOT_PROMPT, '--title', 'proof', '--format', 'json'];
  const all = [...rest, ...(models.length === 0 ? ['--model', OWN_MODEL] : []), ...args];
  return 'script' in start ? ['/bin/sh', start.script, ...all] : [binary, ...all];
}

function placed(start: OpenCodeRun['start']): Record<string, string> {
  if ('managed' in start) return { OPENCODE_TEST_MANAGED_CONFIG_DIR: start.managed };
  return 'config' in start ? { OPENCODE_CONFIG: start.config } : {};
}

/** An environment of its own: nothing of the caller's settings or keys reaches the program. */
function environment({ root, home }: Workspace, binary: string): Record<string, string> {
  const path = join(root, 'bin');
  mkdirSync(path, { recursive: true });
  if (!existsSync(join(path, 'opencode'))) symlinkSync(binary, join(path, 'opencode'));
  return {
    HOME: home,
    PATH: [path, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: root,
    LANG: 'C.UTF-8',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  };
}
