import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Workspace } from '../../../probe/workspace.ts';

/**
 * An environment of its own: nothing of the caller's settings, keys or proxies reaches Gemini CLI, and it is found under
 * the name that the launcher calls.
 */
export function geminiEnvironment(workspace: Workspace, binary: string, url: string): Record<string, string> {
  const path = join(workspace.root, 'bin');
  const temporary = join(workspace.root, 'temporary');
  for (const folder of [path, temporary]) mkdirSync(folder, { recursive: true });
  for (const [name, target] of Object.entries({ gemini: binary, node: process.execPath }))
    if (!existsSync(join(path, name))) symlinkSync(target, join(path, name));
  return {
    HOME: workspace.home,
    PATH: [path, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    GEMINI_API_KEY: 'dummy',
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_TELEMETRY_ENABLED: 'false',
  };
}
