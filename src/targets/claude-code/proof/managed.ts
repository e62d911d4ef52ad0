import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const managedFile = '/etc/claude-code/managed-settings.json';

/**
 * Wraps a command so that it sees `file` as the machine's managed settings, with its hook where they look for it; the
 * real /etc is never written.
 */
export function withManagedSettings(file: string, command: readonly string[], cwd: string): [string, ...string[]] {
  const etc = readdirSync('/etc')
    .filter((name) => name !== 'claude-code')
    .flatMap((name) => ['--ro-bind-try', join('/etc', name), join('/etc', name)]);
  const bundle = dirname(dirname(file));
  const hook = existsSync(join(dirname(file), 'hook.sh'))
    ? ['--dir', '/etc/claude-code/stakes', '--ro-bind', bundle, `/etc/claude-code/stakes/${basename(bundle)}`]
    : [];
  return [
    'bwrap',
    ...['--dev-bind', '/', '/', '--tmpfs', '/etc', ...etc],
    ...['--dir', '/etc/claude-code', '--ro-bind', file, managedFile, ...hook],
    ...['--die-with-parent', '--chdir', cwd, '--'],
    ...command,
  ];
}
