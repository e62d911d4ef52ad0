import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Workspace } from '../../../probe/workspace.ts';

/**
 * An environment of its own: nothing of the caller's settings, keys or proxies reaches the client, and it finds itself and
 * `programs` under the names that the generated files call.
 */
export function claudeEnvironment(
  workspace: Workspace,
  binary: string,
  programs: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const path = join(workspace.root, 'bin');
  mkdirSync(path, { recursive: true });
  for (const [name, target] of Object.entries({ claude: binary, node: process.execPath, ...programs }))
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
