import type { AgentPolicy, Policy, ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import { fileNameOf } from './file-name.ts';

/** The servers of an agent that a sandbox can hold, by name. */
export function stdioServers(agent: AgentPolicy): [name: string, server: ServerGrant][] {
  return Object.entries(agent.servers)
    .filter(([, server]) => server.transport === 'stdio')
    .sort(byName);
}

/** Path of a server's settings inside the target's folder; the root agent's lie at the top. */
export function settingsPath(policy: Policy, agent: string, server: string): string {
  const folder = agent === policy.root ? 'servers' : `servers/${fileNameOf(agent)}`;
  return `${folder}/${fileNameOf(server)}.json`;
}

/** Where `stakes generate` puts the target's folder, seen from the project. */
export function bundleFolder(policy: Policy): string {
  return `.stakes/${policy.root}/srt`;
}

/** An `mcpServers` file for any MCP client, with srt around every server that is started here. */
export function mcpFile(policy: Policy, agentId: string, agent: AgentPolicy): string {
  const servers = Object.entries(agent.servers).sort(byName);
  const entries = servers.map(([name, server]): [string, unknown] => [
    name,
    server.transport === 'stdio' ? wrapped(policy, agentId, name, server) : remote(server),
  ]);
  return `${JSON.stringify({ mcpServers: Object.fromEntries(entries) }, null, 2)}\n`;
}

function wrapped(policy: Policy, agentId: string, name: string, server: ServerGrant) {
  const start = [server.command ?? '', ...server.args];
  const settings = `${bundleFolder(policy)}/${settingsPath(policy, agentId, name)}`;
  return {
    command: 'srt',
    // Without `--`, a `-c` or `--settings` among the server's own arguments would be srt's.
    args: ['--settings', settings, '--', ...(server.cwd === null ? start : inFolder(server.cwd, start))],
    env: inOrder({ ...proxyEnv(server), ...server.env }),
  };
}

/** Node goes past a proxy unless told otherwise, and past srt's there is no way out. */
function proxyEnv(server: ServerGrant): Record<string, string> {
  return isNode(server) && server.allowedHosts.length > 0 ? { NODE_USE_ENV_PROXY: '1' } : {};
}

/** True where Node runs the server: it then starts what is installed in the project. */
export function isNode({ command }: ServerGrant): boolean {
  return /(?:^|\/)(?:npx|node)$/.test(command ?? '');
}

/** srt resolves paths where it starts, so the folder is entered inside the sandbox. */
function inFolder(cwd: string, start: string[]): string[] {
  return ['/bin/sh', '-c', 'cd -- "$1" && shift && exec "$@"', 'sh', cwd, ...start];
}

function remote(server: ServerGrant) {
  return { type: 'http', url: server.url, headers: inOrder(server.headers) };
}
