import { join } from 'node:path';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { type ModelRequest, startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { codexEnvironment } from './environment.ts';

const PROMPT = 'play the root script';
const LIMIT_MS = 120_000;

export interface CodexRun {
  /** Absolute path of the program. */
  binary: string;
  workspace: Workspace;
  /** Settings for a model at this address. */
  config: (url: string) => string;
  toolCalls: readonly ToolCall[];
  /** How it is started: by a script that finds `config.toml` beside it, or as it comes, with these arguments. */
  by: { script: string } | { home: string; args?: readonly string[] };
  env?: Record<string, string>;
}

export type CodexOutcome = {
  /** What the stub servers really ran. */
  calls: ExecutedCall[];
  /** What Codex sent back for each call, in order. */
  texts: string[];
  requests: ModelRequest[];
} & BoundedResult;

/** Plays `toolCalls` through the real program. Throws when it did not start a session. */
export async function runCodex(run: CodexRun): Promise<CodexOutcome> {
  const { workspace, by } = run;
  const model = await startModelServer([{ marker: PROMPT, calls: run.toolCalls }]);
  try {
    const earlier = readExecuted(workspace.log).length;
    const [command, args, env] = start(run, run.config(model.url));
    const ended = await runBounded({
      command,
      args,
      env: { ...codexEnvironment(workspace, run.binary), ...env, ...run.env },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
    });
    // A program that never started runs nothing either, and must not read as one that refused.
    if (model.requests.length === 0) throw new Error(`Codex started no session: ${firstLine(ended)}`);
    return {
      ...ended,
      calls: readExecuted(workspace.log).slice(earlier),
      texts: model.requests.at(-1)?.toolResults.map(({ text }) => text) ?? [],
      requests: model.requests,
    };
  } finally {
    await model.close();
  }

  function start({ binary }: CodexRun, config: string): [string, string[], Record<string, string>] {
    const session = ['exec', '--json', '--skip-git-repo-check'];
    if ('script' in by) {
      writeIn(join(by.script, '..'), 'config.toml', config);
      return ['/bin/sh', [by.script, ...session, PROMPT], {}];
    }
    writeIn(by.home, 'config.toml', config);
    return [binary, [...session, ...(by.args ?? []), PROMPT], { CODEX_HOME: by.home }];
  }
}

function firstLine({ stderr, stdout, timedOut }: BoundedResult): string {
  if (timedOut) return 'no answer in time';
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !line.startsWith('Reading additional input'));
  return said.slice(0, 3).join(' ').slice(0, 300);
}
