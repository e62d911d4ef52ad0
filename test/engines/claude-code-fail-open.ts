import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import { asList, asRecord, asText, parseJson } from '../../src/probe/json.ts';
import { createWorkspace, stageBundle, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { bundleSetup, type ClaudeOutcome, type ClaudeSetup, runClaude } from './claude.ts';
import { permissions } from './claude-code-changes.ts';
import type { Change } from './claude-code-play.ts';

/** Changes of generated files by name; `undefined` takes the file away. */
export type Edit = (text: string) => string | undefined;
export type Edits = Record<string, Edit>;

/** A way in which the client lets a call through, and the guard that keeps it from that. */
export type Trap = {
  made: Policy;
  by: ClaudeSetup['by'] | 'project';
  /** Rules of the user's own settings. */
  allow?: string[];
  /** Takes every other guard away, so that the first half fails when this one leaves the generator. */
  alone?: readonly Edits[];
  /** The same files as people write them. */
  naive: Edits;
  calls: readonly ToolCall[];
  /** Of `calls`, by index. */
  guarded: number[];
  open: number[];
};

/** Tools of every stub server. */
const OFFERED = ['read_doc', 'delete_doc', 'unlisted'];
const INSIDE = 'INSIDE-THE-PROJECT';

/** The calls that ran, by index. */
export async function ranOf({ by, calls, ...trap }: Trap, edits: Edits[] = []): Promise<number[]> {
  const workspace = createWorkspace();
  try {
    const bundle = stage(trap.made, workspace);
    for (const edit of [...(trap.alone ?? []), ...edits]) change(join(bundle, 'claude-code'), edit);
    writeIn(workspace.home, '.claude/settings.json', { permissions: { allow: trap.allow ?? [] } });
    const outcome = await runClaude({ workspace, setup: setupOf(by, bundle, workspace), toolCalls: calls });
    // A call that was never tried would pass for a refused one, unless the session ended at its limit.
    if (outcome.toolResults.length < calls.length && outcome.subtype !== 'error_max_turns')
      throw new Error(`a call was never tried: ${outcome.stdout}`);
    return [...calls.keys()].filter((at) => isRun(calls[at], at, outcome, workspace));
  } finally {
    workspace.remove();
  }
}

function stage(made: Policy, workspace: Workspace): string {
  const source = join(workspace.root, 'source');
  for (const { path, content } of target.emit(made).files) writeIn(source, `claude-code/${path}`, content);
  writeIn(source, 'policy.json', `${JSON.stringify(made, null, 2)}\n`);
  writeIn(workspace.project, 'inside.txt', INSIDE);
  const servers = Object.keys(made.agents[made.root]?.servers ?? {});
  return stageBundle(workspace, source, Object.fromEntries(servers.map((name) => [name, OFFERED])), { id: made.root });
}

function change(folder: string, edits: Edits): void {
  for (const [name, edit] of Object.entries(edits)) {
    const file = join(folder, name);
    const before = readFileSync(file, 'utf8');
    const after = edit(before);
    // A generator that words it in another way would turn both halves into one.
    if (after === before) throw new Error(`nothing to change in ${name}`);
    if (after === undefined) rmSync(file);
    else writeFileSync(file, after);
  }
}

function setupOf(by: Trap['by'], bundle: string, workspace: Workspace): ClaudeSetup {
  if (by !== 'project') return bundleSetup(bundle, by);
  const settings = readFileSync(join(bundle, 'claude-code/settings.json'), 'utf8');
  writeIn(workspace.project, '.claude/settings.json', settings);
  return { by: 'flags', mcpConfig: join(bundle, 'claude-code/mcp.json') };
}

function isRun(call: ToolCall | undefined, at: number, outcome: ClaudeOutcome, { project }: Workspace): boolean {
  const { name = '', input = {} } = call ?? {};
  if (name === 'Read') return outcome.toolResults[at]?.text.includes(INSIDE) === true;
  if (name === 'Write') return existsSync(join(project, asText(input.file_path)));
  if (name === 'Bash') return existsSync(join(project, asText(input.description)));
  // Every server call of a trap has arguments of its own.
  return outcome.calls.some((made) => name.endsWith(`__${made.tool}`) && made.input.id === input.id);
}

export const inJson =
  (edit: Change): Edit =>
  (text) =>
    `${JSON.stringify(edit(asRecord(parseJson(text))), null, 2)}\n`;

/** Every rule of `deny`, as the list it becomes. */
export const denies = (to: (rule: string) => string[]): Edit =>
  inJson(permissions((all) => ({ ...all, deny: asList(all.deny).flatMap((rule) => to(asText(rule))) })));

export const denyInstead = (from: string, to: string): Edit => denies((rule) => [rule === from ? to : rule]);

export const noBuiltInDenied: Edit = denies((rule) => (/^(?!mcp__)\w+$/.test(rule) ? [] : [rule]));

export const withoutFlag =
  (flag: string): Edit =>
  (script) =>
    script.replace(new RegExp(`^  --${flag} .*\n`, 'm'), '');

/** The hook's entry with another command or time limit. */
export const hookEntry = (to: Record<string, (value: unknown) => unknown>): Edit =>
  inJson((file) => JSON.parse(JSON.stringify(file), (key, value: unknown) => to[key]?.(value) ?? value) as never);
