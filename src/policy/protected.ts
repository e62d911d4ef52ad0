/**
 * What no agent may write, whatever else it is granted: its own policy, manifest and settings, and those of the hosts it
 * could be running in. As in gitignore, a pattern without a slash in the middle holds at any depth.
 */
export const PROTECTED_PATHS: readonly string[] = [
  '.stakes/**',
  '*.agent.yaml',
  '*.agent.yml',
  '*.agent.json',
  'agent.yaml',
  'agent.yml',
  'agent.json',
  'stakes.*',
  '.mcp.json',
  '.claude/**',
  '.codex/**',
  '.cursor/**',
  '.gemini/**',
  '.vscode/**',
  '~/.claude/**',
  '~/.local/state/stakes/**',
];
