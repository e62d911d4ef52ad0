import type { Policy, ServerGrant } from '../../model/policy.ts';
import { stdioServers } from '../srt/mcp.ts';

/** What to install first where `npx` starts a server, which without a network cannot fetch it. */
export function npxLines({ agents }: Policy): string[] {
  const servers = Object.values(agents).flatMap((agent) => stdioServers(agent).map(([, server]) => server));
  const packages = [...new Set(servers.flatMap(npxPackage))].sort();
  if (packages.length === 0) return [];
  return [
    '- `npx` fetches a server when it starts, which the sandbox refuses. Install the servers in the project first; `npx` then starts those:',
    '',
    '  ```sh',
    `  npm install --save-exact ${packages.join(' ')}`,
    '  ```',
    '',
  ];
}

function npxPackage({ command, args }: ServerGrant): string[] {
  const name = args.find((arg) => !arg.startsWith('-'));
  // A name that npm would not take has no place in a command to copy.
  return command === 'npx' && name !== undefined && /^[@\w./:+^-]+$/.test(name) ? [name] : [];
}
