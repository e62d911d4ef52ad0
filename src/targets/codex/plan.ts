import type { AgentPolicy, Loss, Policy, ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { serverAliases } from './names.ts';
import { type Rights, rightsOf, type ServerRights } from './rights.ts';
import { transportOf } from './servers.ts';

export interface PlannedServer {
  server: string;
  /** Its name in Codex's settings. */
  alias: string;
  grant: ServerGrant;
  rights: ServerRights;
}

/** What a session of the root agent is given. Codex holds no subagent to rights of its own, so none is started. */
export interface Plan {
  id: string;
  agent: AgentPolicy;
  rights: Rights;
  /** Those with a tool that may be called. */
  servers: PlannedServer[];
  /** True where some call asks a person. */
  asks: boolean;
  protectedPaths: readonly string[];
  losses: Loss[];
}

export function planOf(policy: Policy): Plan {
  const agent = policy.agents[policy.root];
  if (agent === undefined) throw new Error(`the policy has no agent \`${policy.root}\``);
  const rights = rightsOf(policy.root, agent);
  const aliases = serverAliases(Object.keys(agent.servers));
  const losses = [...rights.losses];
  const servers = Object.entries(agent.servers)
    .sort(byName)
    .flatMap(([server, grant]): PlannedServer[] => {
      const own = rights.servers.get(server);
      if (own === undefined || ![own.rest, ...own.tools.values()].some((access) => access !== 'deny')) return [];
      const made = transportOf(grant);
      if (!('reason' in made)) return [{ server, alias: aliases.get(server) ?? server, grant, rights: own }];
      for (const [name, access] of [...own.tools, ['*', own.rest] as const]) {
        if (access === 'deny') continue;
        const message = `stricter: denied: its server is left out, because ${made.reason}`;
        const instead = 'give the variable a place of its own';
        losses.push({ what: 'servers', agent: policy.root, tool: `${server}/${name}`, message, instead });
      }
      return [];
    });
  const asks = servers.some(({ rights: { tools, rest } }) => [rest, ...tools.values()].includes('ask'));
  return { id: policy.root, agent, rights, servers, asks, protectedPaths: policy.protectedPaths, losses };
}
