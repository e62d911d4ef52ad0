import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { type ModelRequest, startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import type { Workspace } from '../../../probe/workspace.ts';
import { geminiEnvironment } from './environment.ts';

const PROMPT = 'play the root script';
const LIMIT_MS = 180_000;

export interface GeminiRun {
  /** Absolute path of the program. */
  binary: string;
  workspace: Workspace;
  toolCalls: readonly ToolCall[];
  /** How it is started: by a script, or as it comes with these arguments. */
  by: { script: string } | { args: readonly string[] };
  env?: Record<string, string>;
  /** True where the settings name the model. */
  fixedModel?: boolean;
}

export type GeminiOutcome = {
  /** What the stub servers really ran. */
  calls: ExecutedCall[];
  /** What Gemini CLI sent back for each call, in order. */
  texts: string[];
  requests: ModelRequest[];
} & BoundedResult;

/** Plays `toolCalls` through the real program. Throws when it did not start a session. */
export async function runGemini({
  binary,
  workspace,
  toolCalls,
  by,
  env,
  fixedModel,
}: GeminiRun): Promise<GeminiOutcome> {
  const model = await startModelServer([{ marker: PROMPT, calls: toolCalls }]);
  try {
    const earlier = readExecuted(workspace.log).length;
    // By itself it would ask a smaller model which one to take, and wait for an answer that it can use.
    const session = ['-p', PROMPT, ...(fixedModel ? [] : ['-m', 'gemini-2.5-flash'])];
    const [command, args] = 'script' in by ? ['/bin/sh', [by.script, ...session]] : [binary, [...session, ...by.args]];
    const ended = await runBounded({
      command,
      args,
      env: { ...geminiEnvironment(workspace, binary, model.url), ...env },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
    });
    // A program that never started runs nothing either, and must not read as one that refused.
    if (model.requests.length === 0) throw new Error(`Gemini CLI started no session: ${firstLines(ended)}`);
    return {
      ...ended,
      calls: readExecuted(workspace.log).slice(earlier),
      texts: model.requests.at(-1)?.toolResults.map(({ text }) => text) ?? [],
      requests: model.requests,
    };
  } finally {
    await model.close();
  }
}

function firstLines({ stderr, stdout, timedOut }: BoundedResult): string {
  if (timedOut) return 'no answer in time';
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' ')
    .slice(0, 300);
}
