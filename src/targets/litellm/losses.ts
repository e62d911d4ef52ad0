import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { callLosses } from '../call-losses.ts';
import { GATE, SANDBOX } from '../instead.ts';
import { grantedServers } from './bodies.ts';

export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...agents.flatMap(([id, agent]) => [
      ...toolLosses(id, agent),
      ...callLosses(id, agent, (tool, grant) => grant.decision === 'allow' && tool.includes('/')),
      ...agentLosses(id, agent),
    ]),
    ...policyLosses(policy),
  ];
}

function toolLosses(agent: string, grants: AgentPolicy): Loss[] {
  const granted = new Map(grantedServers(grants).map(({ server, tools }) => [server, tools]));
  const names = Object.keys(grants.tools).sort();
  return names.flatMap((tool) => {
    const grant = grants.tools[tool];
    const slash = tool.indexOf('/');
    if (!grant || slash < 0 || grant.decision === 'deny') return [];
    const losses: Loss[] = [];
    const lose = (what: string, message: string, instead: string) =>
      losses.push({ what, agent, tool, message, instead });
    if (tool.charAt(slash + 1) === '@') {
      lose(
        'server-feature',
        'permissions of LiteLLM are about tools: this feature is neither granted nor refused by them',
        GATE,
      );
      return losses;
    }
    if (grant.decision === 'ask') {
      lose(
        'approval-gates',
        'stricter: LiteLLM cannot ask a person, so the tool is not offered',
        `${GATE}, which asks`,
      );
      return losses;
    }
    if (tool.slice(slash + 1) === '*' && granted.get(tool.slice(0, slash)) !== 'all') {
      lose(
        'wildcard',
        'stricter: LiteLLM takes all tools of a server or those it names, so only the named ones are offered',
        'list the tools',
      );
    }
    if (grant.arguments !== null)
      lose('arguments', 'arguments of calls are not checked', `${GATE}, or add the \`cedar\` target`);
    return losses;
  });
}

function agentLosses(agent: string, grants: AgentPolicy): Loss[] {
  const { limits } = grants;
  const losses: Loss[] = [];
  const lose = (what: string, message: string, instead: string) => losses.push({ what, agent, message, instead });
  const set = (...fields: (keyof LimitGrants)[]) =>
    fields.filter((field) => limits[field] !== null).map((field) => `\`${field}\``);
  const builtIns = Object.keys(grants.tools).filter((tool) => !tool.includes('/'));
  lose(
    'deny-by-default',
    `tools are refused only where they are called through the proxy${
      builtIns.length > 0
        ? `; built-in tools never are (${builtIns
            .sort()
            .map((tool) => `\`${tool}\``)
            .join(', ')})`
        : ''
    }`,
    'add the target of the host that runs the agent',
  );
  if (set('usdPerDay', 'usdPerSession').length > 0) {
    lose(
      'spend-cap',
      'a cap is compared before a call and counted after it returns: the bound is the cap and one more call, times the calls that run at once',
      'keep `turnsPerSession` low, and `max_parallel_requests` on the key',
    );
  }
  if (set('turnsPerSession', 'usdPerSession').length > 0) {
    lose(
      'loop-limit',
      'counters of a session are forgotten after an hour, and a new trace id starts a new session: a patient loop resets its own cap',
      'raise `LITELLM_MAX_ITERATIONS_TTL` and `LITELLM_MAX_BUDGET_PER_SESSION_TTL`, and set the trace id outside the agent',
    );
  }
  if (limits.toolUsdPerDay !== null) lose('toolUsdPerDay', 'money that tools spend is not counted', GATE);
  if (limits.tokensPerSession !== null)
    lose('token-budget', 'tokens are limited by minute only, not by session', 'set `usdPerSession`');
  const loops = set(
    'repeatsPerCall',
    'delegationDepth',
    'subagentsPerSession',
    'concurrentSubagents',
    'sessionMinutes',
  );
  if (loops.length > 0) lose('limits', `not counted: ${loops.join(', ')}`, 'limit it in the host that runs the agent');
  if (limits.callsPerMinute !== null) {
    const servers = grantedServers(grants).length;
    const each =
      servers > 1 ? `each of ${servers} servers has a counter of its own` : 'calls through the proxy are counted';
    lose(
      'rate-limit',
      `${each}, built-in tools have none, and a LiteLLM that does not know \`mcp_rpm_limit\` drops it in silence`,
      GATE,
    );
  }
  lose('sandbox', 'a proxy holds neither files nor connections of a process', SANDBOX);
  if (grants.network.egress !== 'open')
    lose('egress-allowlist', 'connections that do not go through the proxy are not held back', SANDBOX);
  const pins = Object.values(grants.servers).filter(({ pin }) => pin !== null);
  if (pins.length > 0) lose('pins', 'pins of servers are not compared with what runs', GATE);
  if (Object.keys(grants.credentials).length > 0)
    lose('credentials', 'credentials of servers are not narrowed', 'mint short tokens where the servers get theirs');
  return losses;
}

function policyLosses(policy: Policy): Loss[] {
  const losses: Loss[] = [];
  if (policy.audit !== 'none') {
    const message =
      policy.audit === 'signed'
        ? 'spend is logged, but no record is signed'
        : 'model calls are logged; calls of built-in tools are not';
    losses.push({ what: policy.audit === 'signed' ? 'signed-audit' : 'audit-log', message, instead: GATE });
  }
  if (policy.controls.includes('staging-boundary')) {
    losses.push({
      what: 'staging-boundary',
      message: 'LiteLLM cannot tell staging from production',
      instead: 'run a proxy of its own for staging',
    });
  }
  if (policy.protectedPaths.length > 0) {
    losses.push({ what: 'protectedPaths', message: 'files are not held', instead: SANDBOX });
  }
  return losses;
}
