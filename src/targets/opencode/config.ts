import type { ServerGrant } from '../../model/policy.ts';
import { byName, inOrder } from '../../source/order.ts';
import { onlyModelOf } from './model.ts';
import { split } from './names.ts';
import type { Plan, PlannedAgent } from './plan.ts';
import { configText } from './references.ts';

/** Agents that come with OpenCode and may do all that is not forbidden. */
const OWN_AGENTS = ['build', 'explore', 'general', 'plan'];

export function configOf(plan: Plan): string {
  const { root, subagents } = plan;
  const agents = [root, ...subagents].map((agent): [string, object] => [agent.name, definition(agent, agent === root)]);
  const head = {
    $schema: 'https://opencode.ai/config.json',
    share: 'disabled',
    autoupdate: false,
    // Both start programs of the project.
    lsp: false,
    formatter: false,
    default_agent: root.name,
    permission: { '*': 'deny' },
    agent: Object.fromEntries([...OWN_AGENTS.map((name): [string, object] => [name, { disable: true }]), ...agents]),
  };
  return configText(head, serversOf(plan));
}

function definition({ id, policy, rules }: PlannedAgent, isRoot: boolean): object {
  const name = policy.name === '' ? id : policy.name;
  const model = onlyModelOf(policy);
  const turns = policy.limits.turnsPerSession;
  const permission = Object.entries(rules).map(([permission, list]): [string, unknown] => {
    const last = list.at(-1);
    return [permission, list.every(([pattern]) => pattern === '*') ? last?.[1] : Object.fromEntries(list)];
  });
  return {
    mode: isRoot ? 'primary' : 'subagent',
    description: name,
    prompt: `You are ${name}.`,
    ...(model === undefined ? {} : { model }),
    ...(turns === null ? {} : { steps: Math.max(1, Math.floor(turns)) }),
    permission: Object.fromEntries(permission),
  };
}

/** Those of which some agent may call a tool. */
export function serversOf({ root, subagents }: Plan): Record<string, object> {
  const entries = [root, ...subagents].flatMap(({ policy, aliases, granted }) =>
    Object.entries(policy.servers)
      .filter(([server]) => [...granted].some((tool) => tool.includes('/') && split(tool).server === server))
      .map(([server, grant]): [string, object] => [aliases.get(server) ?? server, entryOf(grant)]),
  );
  return Object.fromEntries(entries.sort(byName));
}

function entryOf({ transport, command, args, url, env, headers, cwd }: ServerGrant): object {
  if (transport === 'http') {
    const sent = Object.keys(headers).length === 0 ? {} : { headers: inOrder(headers) };
    return { type: 'remote', url: url ?? '', ...sent, enabled: true };
  }
  const place = cwd === null ? {} : { cwd };
  const environment = Object.keys(env).length === 0 ? {} : { environment: inOrder(env) };
  return { type: 'local', command: [command ?? '', ...args], ...place, ...environment, enabled: true };
}
