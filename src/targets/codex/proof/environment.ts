import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Workspace } from '../../../probe/workspace.ts';
import { homeFolder } from '../profile.ts';

/** Codex's own folder in a workspace, where `launch.sh` puts it. */
export function codexHome({ home }: Workspace, root: string): string {
  return join(home, homeFolder(root).slice(2));
}

/**
 * An environment of its own: nothing of the caller's settings, keys or proxies reaches Codex, and it is found under the
 * name that the launcher calls. Codex makes no helpers below the folder for temporary files, so that one is beside its home.
 */
export function codexEnvironment(workspace: Workspace, binary: string): Record<string, string> {
  const path = join(workspace.root, 'bin');
  const temporary = join(workspace.root, 'temporary');
  for (const folder of [path, temporary]) mkdirSync(folder, { recursive: true });
  for (const [name, target] of Object.entries({ codex: binary, node: process.execPath }))
    if (!existsSync(join(path, name))) symlinkSync(target, join(path, name));
  return {
    HOME: workspace.home,
    PATH: [path, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    STAKES_MODEL_KEY: 'dummy',
  };
}

/** The folder that Codex's sandbox helper lies in: as if it were installed where the profile lets programs be read. */
export function programFolder(binary: string): string {
  const real = realpathSync(binary);
  return /^.*\/node_modules\/@openai(?=\/)/.exec(real)?.[0] ?? dirname(real);
}
