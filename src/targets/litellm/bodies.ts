import type { AgentPolicy, Grant, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';

/** Body of `POST /key/generate`; the tests hold it against the published fields in `schema.fixture.ts`. */
export function keyBody(policy: Policy, agent: AgentPolicy): Record<string, unknown> {
  const { usdPerDay, turnsPerSession, callsPerMinute } = agent.limits;
  const servers = grantedServers(agent);
  const rates = callsPerMinute === null ? [] : servers.map(({ server }) => [server, callsPerMinute]);
  return {
    // No `models` means any model, which is what an empty list in the policy says too.
    ...(agent.models.length > 0 ? { models: unique(agent.models.map(({ id }) => id)) } : {}),
    ...(usdPerDay === null ? {} : { max_budget: usdPerDay, budget_duration: '1d' }),
    ...(rates.length > 0 ? { mcp_rpm_limit: Object.fromEntries(rates) } : {}),
    object_permission: objectPermission(agent),
    metadata: {
      stakes_agent: agent.id,
      stakes_policy: policy.digest,
      // LiteLLM falls back to this where a key has no agent.
      ...(turnsPerSession === null ? {} : { max_iterations: turnsPerSession }),
    },
  };
}

/** Body of `POST /v1/agents`. */
export function agentBody(agent: AgentPolicy): Record<string, unknown> {
  const { turnsPerSession, usdPerSession } = agent.limits;
  return {
    agent_name: agent.id,
    agent_card_params: {
      protocolVersion: '0.3.0',
      name: agent.name,
      description: `Limits of ${agent.id}, from its Stakes policy`,
      // LiteLLM wants an address; nobody calls the agent through it, and `.invalid` never resolves.
      url: 'https://agent.invalid/',
      version: '1.0.0',
      capabilities: {},
      defaultInputModes: ['text'],
      defaultOutputModes: ['text'],
      skills: [],
    },
    litellm_params: {
      // Without a trace id on every call there is no session to count in.
      require_trace_id_on_calls_by_agent: true,
      ...(turnsPerSession === null ? {} : { max_iterations: turnsPerSession }),
      ...(usdPerSession === null ? {} : { max_budget_per_session: usdPerSession }),
    },
    object_permission: objectPermission(agent),
  };
}

/** An empty list means "no restriction" to LiteLLM, so that an agent without a server needs the word for none. */
function objectPermission(agent: AgentPolicy): Record<string, unknown> {
  const servers = grantedServers(agent);
  if (servers.length === 0) return { mcp_servers: ['no-mcp-servers'] };
  const named = servers.flatMap(({ server, tools }) => (tools === 'all' ? [] : [[server, tools] as const]));
  return {
    mcp_servers: servers.map(({ server }) => server),
    ...(named.length > 0 ? { mcp_tool_permissions: Object.fromEntries(named) } : {}),
  };
}

interface ServerTools {
  server: string;
  /** `all` only where the policy allows every tool of the server and nothing is carved out of it. */
  tools: string[] | 'all';
}

/** Servers with at least one tool that needs no approval: LiteLLM cannot ask. */
export function grantedServers(agent: AgentPolicy): ServerTools[] {
  const byServer = new Map<string, { tool: string; grant: Grant }[]>();
  for (const [name, grant] of Object.entries(agent.tools)) {
    const slash = name.indexOf('/');
    if (slash < 0 || name.charAt(slash + 1) === '@') continue;
    const server = name.slice(0, slash);
    byServer.set(server, [...(byServer.get(server) ?? []), { tool: name.slice(slash + 1), grant }]);
  }
  return [...byServer].sort(byName).flatMap(([server, tools]): ServerTools[] => {
    const allowed = tools.filter(({ grant }) => grant.decision === 'allow').map(({ tool }) => tool);
    const isWhole = allowed.includes('*') && allowed.length === tools.length;
    const named = unique(allowed.filter((tool) => tool !== '*'));
    if (isWhole) return [{ server, tools: 'all' }];
    return named.length === 0 ? [] : [{ server, tools: named }];
  });
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
