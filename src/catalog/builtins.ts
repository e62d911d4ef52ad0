import type { ToolFacts } from '../model/manifest.ts';
import { canonicalJson } from '../source/record.ts';
import { claudeCode } from './hosts/claude-code.ts';
import { codex } from './hosts/codex.ts';
import { copilot } from './hosts/copilot.ts';
import { geminiCli } from './hosts/gemini-cli.ts';

/**
 * Built-in tools of agent hosts that can read files of the machine, by the name the host gives them. Source: the hosts'
 * own tool lists (Claude Code, Codex, Gemini CLI, OpenCode, Copilot CLI).
 */
const FILE_READERS: ReadonlySet<string> = new Set([
  'Read',
  'Grep',
  'Glob',
  'LS',
  'NotebookRead',
  'Bash',
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'Monitor',
  'shell',
  'local_shell',
  'exec_command',
  'apply_patch',
  'view_image',
  'read_file',
  'read_many_files',
  'list_directory',
  'glob',
  'search_file_content',
  'run_shell_command',
  'write_file',
  'replace',
  'bash',
  'read',
  'grep',
  'list',
  'edit',
  'write',
  'patch',
  'view',
  'powershell',
  'execute',
  'search',
]);

/** Built-ins that cannot reach files. Any other built-in is unknown and counts as a file reader at worst. */
const NO_FILES: ReadonlySet<string> = new Set([
  'WebFetch',
  'WebSearch',
  'TodoWrite',
  'TodoRead',
  'Task',
  'Agent',
  'AskUserQuestion',
  'ExitPlanMode',
  'EnterPlanMode',
  'web_fetch',
  'web_search',
  'google_web_search',
  'webfetch',
  'websearch',
  'todowrite',
  'todoread',
  'update_plan',
  'save_memory',
  'fetch',
]);

const HOSTS = [claudeCode, codex, copilot, geminiCli];

/** Whether a host's built-in can read files outside what it is given: known, or `unknown`. */
export function readsHostFiles(builtin: string): boolean | 'unknown' {
  if (FILE_READERS.has(builtin)) return true;
  const known = HOSTS.flatMap(({ tools }) => (Object.hasOwn(tools, builtin) ? [tools[builtin]?.readsFiles] : []));
  if (known.length > 0) return known.includes(true);
  return NO_FILES.has(builtin) ? false : 'unknown';
}

/** What every host that brings a tool of this name along says of it; undefined: none does, or they differ. */
export function knownBuiltIn(name: string): ToolFacts | undefined {
  const known = HOSTS.flatMap(({ tools }) => (Object.hasOwn(tools, name) ? [tools[name]?.facts ?? {}] : []));
  const [first] = known;
  return known.every((facts) => canonicalJson(facts) === canonicalJson(first)) ? first : undefined;
}
