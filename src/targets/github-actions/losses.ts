import type { AgentPolicy, LimitGrants, Loss, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { minutesOf } from './workflow.ts';

const HOST = 'the `claude-code` target beside it, which the workflow starts';

/** What a runner by itself does not hold; what the launcher holds is told of the `claude-code` target. */
export function lossesOf(policy: Policy): Loss[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    ...agents.flatMap(([id, agent]) => [...limitLosses(id, agent), ...askLosses(id, agent)]),
    ...minuteLosses(policy),
    {
      what: 'deny-by-default',
      message: 'a workflow knows no tools: which run and with what arguments is held by what it starts',
      instead: HOST,
    },
    {
      what: 'egress-allowlist',
      message: 'a hosted runner reaches every host',
      instead: 'run it on a runner behind a firewall of yours, or start the agent through the `srt` target',
    },
    {
      what: 'sandbox',
      message: 'the agent is a process of the runner, and reads what the runner reads',
      instead: 'give the job nothing but the secrets of its own environment; for more, the `srt` target',
    },
    {
      what: 'audit-log',
      message:
        'the log of a run is text that the agent can write to, and is gone after the time that the service keeps it',
      instead: 'put an MCP gate in front of the servers (the `gate` target), and keep its records',
    },
    {
      what: 'scoped-tokens',
      message: 'secrets of an environment live until somebody changes them',
      instead: 'mint short tokens in the job by OpenID Connect, where the service takes them',
    },
    {
      what: 'models',
      message: 'the key decides which models can be used',
      instead: 'use a key of its own for this agent, or the `litellm` target',
    },
  ];
}

const LIMITS: readonly (keyof LimitGrants)[] = [
  'usdPerDay',
  'usdPerSession',
  'toolUsdPerDay',
  'turnsPerSession',
  'tokensPerSession',
  'callsPerMinute',
  'repeatsPerCall',
  'delegationDepth',
  'subagentsPerSession',
  'concurrentSubagents',
];

function limitLosses(agent: string, { limits }: AgentPolicy): Loss[] {
  const set = LIMITS.filter((name) => limits[name] !== null);
  if (set.length === 0) return [];
  const message = `a workflow counts minutes only, not ${set.map((name) => `\`${name}\``).join(', ')}`;
  return [{ what: 'limits', agent, message, instead: HOST }];
}

function askLosses(agent: string, { tools }: AgentPolicy): Loss[] {
  const asked = Object.entries(tools)
    .filter(([, { decision }]) => decision === 'ask')
    .map(([tool]) => `\`${tool}\``)
    .sort();
  if (asked.length === 0) return [];
  const message = `stricter: nobody can be asked in a run, so these are refused: ${asked.join(', ')}; reviewers of the environment approve a whole run, not a call`;
  return [
    { what: 'approval-gates', agent, message, instead: 'put an MCP gate with a webhook in front of the servers' },
  ];
}

function minuteLosses(policy: Policy): Loss[] {
  const minutes = policy.agents[policy.root]?.limits.sessionMinutes ?? null;
  if (minutes === null || minutes === minutesOf(policy)) return [];
  return [
    {
      what: 'loop-limit',
      agent: policy.root,
      message: `the service counts whole minutes: ${minutesOf(policy)} instead of ${minutes}`,
      instead: 'use whole minutes',
    },
  ];
}
