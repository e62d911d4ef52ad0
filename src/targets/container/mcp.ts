import type { AgentPolicy, ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';

/** How a client starts one server. */
export interface Start {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** An `mcpServers` file for any MCP client, with a sandbox around every server that is started here. */
export function mcpFile({ servers }: AgentPolicy, start: (name: string, server: ServerGrant) => Start): string {
  const entries = Object.entries(servers)
    .sort(byName)
    .map(([name, server]): [string, unknown] => [
      name,
      server.transport === 'stdio'
        ? start(name, server)
        : { type: 'http', url: server.url, headers: inOrder(server.headers) },
    ]);
  return `${JSON.stringify({ mcpServers: Object.fromEntries(entries) }, null, 2)}\n`;
}
