import type { AgentPolicy, Policy } from '../model/policy.ts';
import { isSameUrl } from './http/address.ts';

export type Which = { agent: AgentPolicy; server: string } | { wrong: string; help: string };

/** The agent that calls, and the name that its policy has for the server behind the gate. */
export function whichOf(
  { agents, root }: Policy,
  asked: { agent: string | undefined; server: string | undefined },
  command: readonly string[],
  url?: URL,
): Which {
  const id = asked.agent ?? root;
  const agent = Object.hasOwn(agents, id) ? agents[id] : undefined;
  if (agent === undefined)
    return { wrong: `the policy has no agent \`${id}\``, help: `it has ${list(Object.keys(agents))}` };
  const names = serversOf(agent);
  if (asked.server !== undefined) {
    if (names.includes(asked.server)) return { agent, server: asked.server };
    const help = names.length === 0 ? 'its tools are of no server' : `its servers are ${list(names)}`;
    return { wrong: `the policy grants \`${id}\` nothing of a server \`${asked.server}\``, help };
  }
  const same = names.filter((name) => isSame(agent, name, command, url));
  const [only] = same.length > 0 ? same : names;
  if (only !== undefined && (same.length === 1 || names.length === 1)) return { agent, server: only };
  const wrong =
    only === undefined
      ? `the policy grants \`${id}\` no tool of any server`
      : `which server of the policy this is cannot be told`;
  return { wrong, help: only === undefined ? 'is this the right policy?' : `say it: --server ${names.join(' or ')}` };
}

/** Names of the servers that an agent has, or has tools of. */
export function serversOf({ servers, tools }: AgentPolicy): string[] {
  const prefixes = Object.keys(tools)
    .filter((tool) => tool.indexOf('/') > 0)
    .map((tool) => tool.slice(0, tool.indexOf('/')));
  return [...new Set([...Object.keys(servers), ...prefixes])];
}

function isSame(
  { servers }: AgentPolicy,
  name: string,
  [command, ...args]: readonly string[],
  url: URL | undefined,
): boolean {
  const server = Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (url !== undefined) return server?.url != null && isSameUrl(server.url, url);
  return server?.command === command && JSON.stringify(server?.args) === JSON.stringify(args);
}

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
