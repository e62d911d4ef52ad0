import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import type { Policy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { planOf } from '../../../src/targets/codex/plan.ts';
import { programFolder } from '../../../src/targets/codex/proof/environment.ts';
import { type CodexOutcome, runCodex } from '../../../src/targets/codex/proof/session.ts';
import { stagedConfig } from '../../../src/targets/codex/proof/staging.ts';
import { target } from '../../../src/targets/codex/target.ts';

/** The pinned program. */
export const codexBinary = fileURLToPath(
  new URL('./node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex', import.meta.url),
);

export type Table = Record<string, unknown>;

/** A project to throw away, with the files of a policy for Codex in it. */
export interface Bundle {
  made: Policy;
  workspace: Workspace;
  files: ReadonlyMap<string, string>;
  script: string;
}

export async function withBundle<T>(made: Policy, use: (bundle: Bundle) => Promise<T>): Promise<T> {
  const workspace = createWorkspace();
  try {
    const files = new Map(target.emit(made).files.map(({ path, content }) => [path, content]));
    const folder = join(workspace.project, '.stakes', made.root, 'codex');
    for (const [path, content] of files) writeIn(folder, path, content);
    return await use({ made, workspace, files, script: join(folder, 'launch.sh') });
  } finally {
    workspace.remove();
  }
}

/** The settings of one generated file, with stubs for servers, and a model at this address. */
export function settingsOf(
  { made, workspace, files }: Bundle,
  name = 'config.toml',
  edit = (table: Table) => table,
  model = 'gpt-5.5',
) {
  const table = edit(parse(files.get(name) ?? '') as Table);
  const about = { model, programs: programFolder(codexBinary) };
  return (url: string): string => stagedConfig(table, planOf(made), workspace, { ...about, url });
}

/** Plays calls in a session that the launcher starts. */
export function launched(
  bundle: Bundle,
  toolCalls: readonly ToolCall[],
  edit?: (table: Table) => Table,
): Promise<CodexOutcome> {
  const { workspace, script } = bundle;
  const config = settingsOf(bundle, 'config.toml', edit);
  return runCodex({ binary: codexBinary, workspace, config, toolCalls, by: { script } });
}

/** Plays calls as somebody would who writes `config.toml` by hand and starts Codex as it comes. */
export function byHand(
  bundle: Bundle,
  toolCalls: readonly ToolCall[],
  edit: (table: Table) => Table,
  args: readonly string[] = [],
): Promise<CodexOutcome> {
  const { workspace } = bundle;
  const config = settingsOf(bundle, 'config.toml', edit);
  return runCodex({
    binary: codexBinary,
    workspace,
    config,
    toolCalls,
    by: { home: join(workspace.home, '.codex'), args },
  });
}

export const mcp = (tool: string, server = 'files', input = {}): ToolCall => ({
  namespace: `mcp__${server}`,
  name: tool,
  input,
});
export const patch = (path: string): ToolCall => ({
  name: 'apply_patch',
  text: `*** Begin Patch\n*** Add File: ${path}\n+written\n*** End Patch`,
});
export const command = (cmd: string): ToolCall => ({ name: 'exec_command', input: { cmd } });
