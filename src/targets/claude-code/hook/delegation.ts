import type { Grant, Policy } from '../../../model/policy.ts';
import { isRecord } from '../../../source/record.ts';
import type { Callers } from './data.ts';

/** The tool that starts subagents, and its older name. */
export const DELEGATION = ['Agent', 'Task'] as const;

export function isDelegation(tool: string): boolean {
  return (DELEGATION as readonly string[]).includes(tool);
}

/** The agents that come with Claude Code inherit every right, so only those of the policy may be started. */
export function delegationRefusal(tool: string, values: unknown, { subagents }: Callers): string | undefined {
  if (!isDelegation(tool)) return undefined;
  const type = isRecord(values) ? values.subagent_type : undefined;
  if (typeof type === 'string' && Object.hasOwn(subagents, type)) return undefined;
  const names = Object.keys(subagents).map((name) => `\`${name}\``);
  return `only subagents of the policy may be started: set \`subagent_type\` to ${names.join(' or ')}`;
}

const GRANT: Grant = {
  decision: 'allow',
  because: 'the agent has subagents',
  effect: 'unknown',
  highStakes: [],
  bounded: false,
  egress: 'unknown',
  data: [],
  arguments: null,
  scopes: [],
  maxCallsPerDay: null,
  cost: null,
  record: [],
};

/** A policy with subagents allows to start them, whether or not it lists the tool of the client that does. */
export function withDelegation(policy: Policy, { root, subagents }: Callers): Policy {
  const agent = policy.agents[root.agent];
  if (agent === undefined || Object.keys(subagents).length === 0) return policy;
  if (DELEGATION.some((tool) => Object.hasOwn(agent.tools, tool))) return policy;
  const tools = { ...agent.tools, [DELEGATION[0]]: GRANT };
  return { ...policy, agents: { ...policy.agents, [root.agent]: { ...agent, tools } } };
}
