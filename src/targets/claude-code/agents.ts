import type { AgentPolicy } from '../../model/policy.ts';
import { sorted } from './permissions.ts';
import type { Plan, PlannedAgent } from './plan.ts';
import { atLeastOne } from './settings.ts';

/**
 * Every agent with the list of all it may call. The root is one of them, because only an agent of its own has a list:
 * a tool outside of it does not exist for the session, whatever a rule allows.
 */
export function agentsOf(plan: Plan): Record<string, object> {
  const delegation = plan.delegation === 'deny' ? [] : plan.subagents.map(({ type }) => `Agent(${type})`);
  return Object.fromEntries([
    [plan.root.type, definition(plan.root, delegation)],
    ...plan.subagents.map((agent): [string, object] => {
      const { turnsPerSession } = agent.policy.limits;
      const model = onlyModel(agent.policy);
      const maxTurns = turnsPerSession === null ? {} : { maxTurns: atLeastOne(turnsPerSession) };
      return [agent.type, { ...definition(agent, []), ...maxTurns, ...(model === undefined ? {} : { model }) }];
    }),
  ]);
}

/** Never `permissionMode`: it would override the session's. */
function definition({ policy, rights }: PlannedAgent, delegation: string[]): object {
  const tools = rights.filter(({ decision }) => decision !== 'deny').map(({ name }) => name);
  const name = policy.name === '' ? policy.id : policy.name;
  return { description: name, prompt: `You are ${name}.`, tools: [...sorted(tools), ...delegation] };
}

/** A model to insist on; where the policy names several, whoever starts the session chooses. */
export function onlyModel({ models }: AgentPolicy): string | undefined {
  const ids = sorted(models.filter(({ provider }) => provider === 'anthropic').map(({ id }) => id));
  return ids.length === 1 ? ids[0] : undefined;
}
