/**
 * Built-ins that run whatever command or code they are given, and those that change files, by the name the host gives
 * them. Source: the hosts' own tool lists (Claude Code, Codex, Gemini CLI, OpenCode, Copilot CLI); `execute` is left out,
 * since not every host means a shell by it.
 */
export const HOST_SHELLS: ReadonlySet<string> = new Set([
  'Bash',
  'bash',
  'shell',
  'local_shell',
  'exec_command',
  'run_shell_command',
  'powershell',
]);

export const HOST_WRITERS: ReadonlySet<string> = new Set([
  ...HOST_SHELLS,
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'apply_patch',
  'write_file',
  'replace',
  'edit',
  'write',
  'patch',
]);
