import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { SANDBOX } from '../instead.ts';

export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [...agents.flatMap(([id, agent]) => agentLosses(id, agent, policy)), ...policyLosses(policy)];
}

/** What only the program that runs the model can count. */
const HOST_LIMITS = [
  'turnsPerSession',
  'delegationDepth',
  'subagentsPerSession',
  'concurrentSubagents',
] as const satisfies (keyof LimitGrants)[];

function agentLosses(agent: string, grants: AgentPolicy, policy: Policy): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  const { limits, tools, credentials } = grants;
  const builtIns = Object.keys(tools)
    .filter((tool) => !tool.includes('/'))
    .sort();
  lose(
    'deny-by-default',
    `the gate sees calls of MCP tools only, and none of the host's own tools${builtIns.length > 0 ? ` (${listed(builtIns)})` : ''}`,
    'add the target of the host that runs the agent',
  );
  if (limits.usdPerDay !== null || limits.usdPerSession !== null)
    lose('spend-cap', 'model spend is not seen; what tools spend is', 'add the target of the host, or `litellm`');
  if (limits.tokensPerSession !== null)
    lose('token-budget', 'model tokens are not seen', 'cap tokens in the host that runs the agent');
  const unseen = HOST_LIMITS.filter((limit) => limits[limit] !== null);
  if (unseen.length > 0) lose('limits', `not seen: ${listed(unseen)}`, 'limit it in the host that runs the agent');
  if (limits.sessionMinutes !== null)
    lose(
      'limits',
      '`sessionMinutes` count from the first call of each server',
      'limit it in the host that runs the agent',
    );
  if (Object.keys(credentials).length > 0)
    lose(
      'credentials',
      'a server that is started here gets its credentials as they are in the environment: neither their scopes nor their lives are narrowed',
      'mint short tokens where the servers get theirs',
    );
  if (agent !== policy.root)
    lose(
      'subagents',
      'a host that starts all servers in one session lets every subagent call through each of them',
      'start the subagent with the file of its own, or add the target of the host',
    );
  return losses;
}

function policyLosses(policy: Policy): Loss[] {
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, message, instead });
  lose('sandbox', 'a gate holds neither files nor connections of a process', SANDBOX);
  lose('protectedPaths', 'files that agents must not write are not held', SANDBOX);
  if (Object.values(policy.agents).some(({ network }) => network.egress !== 'open'))
    lose('egress-allowlist', 'connections that are no calls of tools are not held back', SANDBOX);
  if (Object.values(policy.agents).some(({ approvals }) => approvals !== null))
    lose(
      'approvals',
      'whoever can run commands in the account of the gate can approve',
      'keep the agent in a sandbox, or give the gate an account of its own',
    );
  if (policy.controls.includes('staging-boundary'))
    lose('staging-boundary', 'a gate cannot tell staging from production', 'keep production out of reach');
  lose(
    'deny-by-default',
    'a client that is given another configuration, or servers of its user besides, starts those without a gate',
    'give the client this file and no other (for Claude Code: `--strict-mcp-config`)',
  );
  return losses;
}

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
