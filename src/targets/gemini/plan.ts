import type { AgentPolicy, Loss, Policy, ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { serverAliases } from './names.ts';
import { type Rule, rightsOf } from './rights.ts';
import { reasonAgainst } from './settings.ts';

export interface PlannedServer {
  server: string;
  /** Its name in the settings. */
  alias: string;
  grant: ServerGrant;
}

/** What a session of the root agent is given. Its subagents are not started. */
export interface Plan {
  id: string;
  agent: AgentPolicy;
  rules: Rule[];
  servers: PlannedServer[];
  aliases: ReadonlyMap<string, string>;
  losses: Loss[];
}

export function planOf(policy: Policy): Plan {
  const agent = policy.agents[policy.root];
  if (agent === undefined) throw new Error(`the policy has no agent \`${policy.root}\``);
  const aliases = serverAliases(Object.keys(agent.servers));
  const rights = rightsOf(policy.root, agent, aliases);
  const losses = [...rights.losses];
  const servers: PlannedServer[] = [];
  const left = new Set<string>();
  for (const [server, grant] of Object.entries(agent.servers).sort(byName)) {
    const alias = aliases.get(server) ?? server;
    const reason = reasonAgainst(grant);
    if (!rights.servers.has(server)) continue;
    if (reason === undefined) servers.push({ server, alias, grant });
    else {
      left.add(alias);
      for (const [tool, { decision }] of Object.entries(agent.tools).sort(byName)) {
        if (decision === 'deny' || !tool.startsWith(`${server}/`)) continue;
        const message = `stricter: denied: its server is left out, because ${reason}`;
        losses.push({
          what: 'servers',
          agent: policy.root,
          tool,
          message,
          instead: 'use `${NAME}` and nothing else with a `$`',
        });
      }
    }
  }
  const rules = rights.rules.filter(({ mcpName }) => mcpName === undefined || !left.has(mcpName));
  return { id: policy.root, agent, rules, servers, aliases, losses };
}
