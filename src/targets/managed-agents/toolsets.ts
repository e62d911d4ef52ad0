import type { AgentPolicy, Grant } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';

/** The service's own tools, by the names that hosts call them. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  Bash: 'bash',
  Edit: 'edit',
  Glob: 'glob',
  Grep: 'grep',
  Read: 'read',
  WebFetch: 'web_fetch',
  WebSearch: 'web_search',
  Write: 'write',
};

const POLICIES = { allow: 'always_allow', ask: 'always_ask' } as const;

/** What the service writes as `enabled` and `permission_policy`; a tool that is not enabled is not there. */
function configOf(decision: Access): object {
  return decision === 'deny' ? { enabled: false } : { enabled: true, permission_policy: { type: POLICIES[decision] } };
}

/** The tools of an agent: everything that is not named is off. */
export function toolsetsOf(agent: AgentPolicy): object[] {
  const own = Object.entries(agent.tools)
    .filter(([tool]) => Object.hasOwn(BUILT_IN, tool))
    .sort(byName);
  const builtIn = {
    type: 'agent_toolset_20260401',
    default_config: { enabled: false },
    configs: own.map(([tool, { decision }]) => ({ name: BUILT_IN[tool], ...configOf(decision) })),
  };
  return [builtIn, ...remoteServers(agent).map((server) => mcpToolset(agent, server))];
}

function mcpToolset({ tools }: AgentPolicy, server: string): object {
  const own = Object.entries(tools)
    .filter(([tool]) => tool.startsWith(`${server}/`) && !tool.startsWith(`${server}/@`))
    .map(([tool, grant]): [string, Grant] => [tool.slice(server.length + 1), grant])
    .sort(byName);
  const rest = own.find(([name]) => name === '*')?.[1].decision ?? 'deny';
  return {
    type: 'mcp_toolset',
    mcp_server_name: server,
    // Without it, a tool that nobody listed would be there and ask.
    default_config: configOf(rest),
    configs: own.filter(([name]) => name !== '*').map(([name, { decision }]) => ({ name, ...configOf(decision) })),
  };
}

/** Servers that the service can reach: those with a URL. */
export function remoteServers({ servers }: AgentPolicy): string[] {
  return Object.keys(servers)
    .filter((name) => servers[name]?.transport === 'http')
    .sort();
}
