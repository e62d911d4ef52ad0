import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import type { Workspace } from '../../../probe/workspace.ts';

export const ROOT_PROMPT = 'play the root script';

export interface CopilotRun {
  /** Absolute path of the program. */
  binary: string;
  workspace: Workspace;
  /** The launcher, or options for the program itself. */
  start: { script: string } | { args: readonly string[] };
  calls: readonly ToolCall[];
  env?: Readonly<Record<string, string>>;
}

export interface CopilotOutcome extends BoundedResult {
  /** What the stub servers really ran. */
  calls: ExecutedCall[];
  /** Texts that the model got back for its calls, in order. */
  texts: string[];
  /** Tools that were offered to the model. */
  offered: string[];
}

const LIMIT_MS = 180_000;

/** Plays `calls` through the real program. Throws when the model was never asked. */
export async function runCopilot({ binary, workspace, start, calls, env }: CopilotRun): Promise<CopilotOutcome> {
  const model = await startModelServer([{ marker: ROOT_PROMPT, calls }]);
  try {
    const earlier = readExecuted(workspace.log).length;
    const asked = ['-p', ROOT_PROMPT];
    const [command, args] =
      'script' in start ? ['/bin/sh', [start.script, ...asked]] : [binary, [...asked, ...start.args]];
    const ended = await runBounded({
      command,
      args,
      env: { ...environment(workspace, binary), COPILOT_PROVIDER_BASE_URL: `${model.url}/v1`, ...env },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
    });
    // A program that never started runs nothing either, and must not read as one that refused.
    if (model.requests.length === 0)
      throw new Error(`copilot asked no model (exit ${ended.code}): ${ended.stderr}${ended.stdout}`);
    return {
      ...ended,
      calls: readExecuted(workspace.log).slice(earlier),
      texts: (model.requests.at(-1)?.toolResults ?? []).map(({ text }) => text),
      offered: model.requests[0]?.tools ?? [],
    };
  } finally {
    await model.close();
  }
}

/** An environment of its own, without a network: nothing of the caller's settings or keys reaches the program. */
function environment({ root, home }: Workspace, binary: string): Record<string, string> {
  const path = join(root, 'bin');
  mkdirSync(path, { recursive: true });
  for (const [name, target] of Object.entries({ copilot: binary, node: process.execPath }))
    if (!existsSync(join(path, name))) symlinkSync(target, join(path, name));
  return {
    HOME: home,
    PATH: [path, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    LANG: 'C.UTF-8',
    COPILOT_MODEL: 'scripted',
    COPILOT_OFFLINE: 'true',
    COPILOT_AUTO_UPDATE: 'false',
  };
}
