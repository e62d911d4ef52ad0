import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { srtCli } from './srt.ts';
import type { Workspace } from './workspace.ts';

export const claudeBinary = fileURLToPath(
  new URL('./node_modules/@anthropic-ai/claude-code-linux-x64/claude', import.meta.url),
);

/** An environment of its own: nothing of the caller's settings, keys or proxies reaches the client. */
export function claudeEnvironment(workspace: Workspace): Record<string, string> {
  const path = join(workspace.root, 'bin');
  mkdirSync(path, { recursive: true });
  for (const [name, target] of [
    ['claude', claudeBinary],
    ['srt', srtCli],
  ] as const)
    if (!existsSync(join(path, name))) symlinkSync(target, join(path, name));
  return {
    HOME: workspace.home,
    PATH: [path, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: workspace.root,
    LANG: 'C.UTF-8',
    ANTHROPIC_API_KEY: 'dummy',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
}
