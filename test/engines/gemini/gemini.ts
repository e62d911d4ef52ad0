import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify, type TomlTable } from 'smol-toml';
import type { Policy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { asRecord, type JsonRecord, parseJson } from '../../../src/probe/json.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { planOf } from '../../../src/targets/gemini/plan.ts';
import { type GeminiOutcome, runGemini } from '../../../src/targets/gemini/proof/session.ts';
import { stagedSettings } from '../../../src/targets/gemini/proof/staging.ts';
import type { Rule } from '../../../src/targets/gemini/rights.ts';
import { target } from '../../../src/targets/gemini/target.ts';

/** The pinned program. */
export const geminiBinary = fileURLToPath(new URL('./node_modules/.bin/gemini', import.meta.url));

/** A project to throw away, with the files of a policy in it. */
export interface Bundle {
  workspace: Workspace;
  folder: string;
  files: ReadonlyMap<string, string>;
  settings: JsonRecord;
}

export async function withBundle<T>(made: Policy, use: (bundle: Bundle) => Promise<T>): Promise<T> {
  const workspace = createWorkspace();
  try {
    const files = new Map(target.emit(made).files.map(({ path, content }) => [path, content]));
    const folder = join(workspace.project, '.stakes', made.root, 'gemini');
    for (const [path, content] of files) writeIn(folder, path, content);
    const settings = stagedSettings(asRecord(parseJson(files.get('settings.json') ?? '')), planOf(made), workspace);
    writeIn(folder, 'settings.json', settings);
    return await use({ workspace, folder, files, settings });
  } finally {
    workspace.remove();
  }
}

/** Plays calls in a session that the launcher starts. */
export function launched({ workspace, folder }: Bundle, toolCalls: readonly ToolCall[]): Promise<GeminiOutcome> {
  return runGemini({ binary: geminiBinary, workspace, toolCalls, by: { script: join(folder, 'launch.sh') } });
}

/** Plays calls as somebody would who writes rules by hand and starts Gemini CLI as it comes. */
export function byHand(
  { workspace, files, settings }: Bundle,
  toolCalls: readonly ToolCall[],
  edit: (rules: Rule[]) => unknown[],
  more: { settings?: JsonRecord; args?: readonly string[] } = {},
): Promise<GeminiOutcome> {
  const { rule } = parse(files.get('policy.toml') ?? '') as unknown as { rule: Rule[] };
  const rules = writeIn(workspace.root, 'rules.toml', stringify({ rule: edit(rule) } as TomlTable));
  writeIn(workspace.home, '.gemini/settings.json', { ...settings, ...more.settings });
  const args = ['--admin-policy', rules, ...(more.args ?? [])];
  const env = { GEMINI_CLI_TRUST_WORKSPACE: 'true' };
  return runGemini({ binary: geminiBinary, workspace, toolCalls, by: { args }, env });
}

export const mcp = (tool: string, input: JsonRecord = {}): ToolCall => ({ name: `mcp_files_${tool}`, input });
