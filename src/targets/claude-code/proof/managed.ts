import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const managedFile = '/etc/claude-code/managed-settings.json';

/** Wraps a command so that it sees `file` as the machine's managed settings; the real /etc is never written. */
export function withManagedSettings(file: string, command: readonly string[], cwd: string): [string, ...string[]] {
  const etc = readdirSync('/etc')
    .filter((name) => name !== 'claude-code')
    .flatMap((name) => ['--ro-bind-try', join('/etc', name), join('/etc', name)]);
  return [
    'bwrap',
    ...['--dev-bind', '/', '/', '--tmpfs', '/etc', ...etc],
    ...['--dir', '/etc/claude-code', '--ro-bind', file, managedFile],
    ...['--die-with-parent', '--chdir', cwd, '--'],
    ...command,
  ];
}
