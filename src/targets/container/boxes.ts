import type { AgentPolicy, Policy, ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { fileNameOf } from '../srt/file-name.ts';
import { isNode, stdioServers } from '../srt/mcp.ts';

/** One process with a sandbox of its own: the agent's, or that of a server which is started here. */
export interface Box {
  /** Id of the agent in the policy. */
  agent: string;
  /** Null: the agent's own process. */
  server: ServerGrant | null;
  /** File name without an ending, with `/`; `agent` for the agent's own process. */
  path: string;
  /** For people. */
  process: string;
  /** Null: the policy does not say. */
  read: readonly string[] | null;
  /** What the program itself needs of the project; not part of the policy. */
  runtime: readonly string[];
  write: readonly string[];
  /** `host` or `host:port`; empty: none. */
  hosts: readonly string[];
  /** Variables that are handed in, by name; sorted. */
  env: readonly string[];
  /** The folder it starts in; null: the project. */
  cwd: string | null;
}

/** The root agent's process, and every server that an agent starts. */
export function boxesOf(policy: Policy): Box[] {
  const root = policy.agents[policy.root];
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...(root ? [agentBox(policy, root)] : []),
    ...agents.flatMap(([id, agent]) => stdioServers(agent).map((entry) => serverBox(policy, id, agent, entry))),
  ];
}

function agentBox({ root: agent }: Policy, { network, filesystem, credentials }: AgentPolicy): Box {
  const own = Object.entries(credentials).filter(([, { servers }]) => servers.length === 0);
  return {
    agent,
    server: null,
    path: 'agent',
    process: "the agent's process",
    read: filesystem.read,
    runtime: [],
    write: filesystem.write ?? [],
    hosts: network.egress === 'listed' || network.egress === 'open' ? network.allowedHosts : [],
    env: variables(own.map(([name]) => name)),
    cwd: null,
  };
}

function serverBox(
  policy: Policy,
  agent: string,
  { credentials }: AgentPolicy,
  [name, server]: [string, ServerGrant],
): Box {
  const own = Object.entries(credentials).filter(([, { servers }]) => servers.includes(name));
  const folder = agent === policy.root ? 'servers' : `servers/${fileNameOf(agent)}`;
  return {
    agent,
    server,
    path: `${folder}/${fileNameOf(name)}`,
    process: `server \`${name}\``,
    read: server.read,
    runtime: isNode(server) ? ['./node_modules', './package.json'] : [],
    write: server.write,
    hosts: server.allowedHosts,
    env: variables([...Object.keys(server.env), ...own.map(([credential]) => credential)]),
    cwd: server.cwd,
  };
}

/** Where a server is started outside, the folder of an agent's `mcp.json`. */
export function mcpPath(policy: Policy, agent: string): string {
  return agent === policy.root ? 'mcp.json' : `mcp/${fileNameOf(agent)}.json`;
}

function variables(names: readonly string[]): string[] {
  return [...new Set(names.filter(isVariable))].sort();
}

/** What a shell and a container engine both take for the name of a variable. */
export function isVariable(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
