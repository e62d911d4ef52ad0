import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { remoteServers, toolsetsOf } from './toolsets.ts';

/** Filled in where an agent is created: the manifest names no model of the service. */
export const MODEL = '${MODEL}';

export function modelOf(models: AgentPolicy['models']): string {
  return models.find(({ provider }) => provider === 'anthropic')?.id ?? MODEL;
}

/** The body that creates an agent. */
export function agentBody(agent: AgentPolicy): object {
  return {
    name: agent.name,
    model: modelOf(agent.models),
    mcp_servers: remoteServers(agent).map((name) => ({ type: 'url', name, url: agent.servers[name]?.url ?? '' })),
    tools: toolsetsOf(agent),
  };
}

/** The body that creates the container that its sessions run in. */
export function environmentBody(agent: AgentPolicy): object {
  const { egress } = agent.network;
  const networking =
    egress === 'open'
      ? { type: 'unrestricted' }
      : {
          type: 'limited',
          allowed_hosts: reachableHosts(agent),
          // A container that reaches a server itself goes around the permissions of its tools.
          allow_mcp_servers: false,
          allow_package_managers: false,
        };
  return { name: `${agent.id}-environment`, config: { type: 'cloud', networking } };
}

/** Hosts as the service takes them: whole names. */
export function reachableHosts({ network }: AgentPolicy): string[] {
  const hosts = network.egress === 'listed' ? network.allowedHosts : [];
  return [...new Set(hosts.filter(isHost))].sort();
}

export function isHost(host: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host);
}

/** The part of the body that starts a session which caps what it may cost; undefined where nothing is capped. */
export function sessionBody({ agents, root }: Policy): object | undefined {
  const usd = agents[root]?.limits.usdPerSession ?? null;
  return usd === null ? undefined : { budget: { type: 'limit', max_list_cost: amountOf(usd) } };
}

/** In whole cents, cut: a cap is never raised by the way it is written. */
function amountOf(usd: number): object {
  return { currency: 'USD', amount: String(Math.floor(usd * 100 + 1e-9)) };
}
