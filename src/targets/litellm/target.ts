import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { fileNameOf } from '../srt/file-name.ts';
import { agentBody, keyBody } from './bodies.ts';
import { configYaml } from './config.ts';
import { lossesOf } from './losses.ts';

export const target = defineTarget({
  id: 'litellm',
  title: 'LiteLLM proxy',
  summary: 'a key and an agent with spend, turn and tool limits for a LiteLLM proxy',
  standard: true,
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['spend-cap', 'loop-limit'],
  proof: 'schema-checked',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const agents = Object.entries(policy.agents).sort(byName);
  return [
    { path: 'config.yaml', content: configYaml(policy) },
    ...agents.flatMap(([id, agent]) => bodies(policy, agent, folderOf(policy, id))),
  ];
}

function bodies(policy: Policy, agent: AgentPolicy, folder: string): EmittedFile[] {
  return [
    { path: `${folder}agent.json`, content: json(agentBody(agent)) },
    { path: `${folder}key-generate.json`, content: json(keyBody(policy, agent)) },
  ];
}

/** The root agent's bodies lie at the top. */
function folderOf(policy: Policy, agent: string): string {
  return agent === policy.root ? '' : `subagents/${fileNameOf(agent)}/`;
}

function usage(policy: Policy): string {
  const others = Object.keys(policy.agents)
    .filter((id) => id !== policy.root)
    .sort();
  return [
    "**Schema-checked, not proven on the engine:** the field names are checked against LiteLLM's documentation; no LiteLLM ran in our tests.",
    '',
    'Start the proxy with `litellm --config config.yaml` (it needs Postgres in `DATABASE_URL`), register the MCP servers under the names that the files use, then create the agent and its key, in this folder:',
    '',
    '```sh',
    'set -eu',
    'post() { curl -fsS "$LITELLM_URL/$1" -H "Authorization: Bearer $LITELLM_MASTER_KEY" -H "Content-Type: application/json" --data @-; }',
    'AGENT_ID=$(post v1/agents < agent.json | jq -er .agent_id)',
    `jq --arg id "$AGENT_ID" '.agent_id = $id' key-generate.json | post key/generate | jq -er .key`,
    '```',
    '',
    ...(others.length > 0
      ? [
          `Do the same in ${others.map((id) => `\`${folderOf(policy, id)}\``).join(', ')}: a subagent has a key of its own.`,
          '',
        ]
      : []),
    '- Give the agent this key and no key of a provider, and send `x-litellm-trace-id` with every call: one id, set outside the agent, for one session.',
    '- A key without `agent_id` has no cap of dollars a session. Look at `GET /key/info`: a field that is not shown there is not in force.',
    '- A cap is counted after a call returns: the bound is the cap and one call, times the calls that run at once.',
    '- Counters of a session are forgotten after an hour; raise `LITELLM_MAX_ITERATIONS_TTL` and `LITELLM_MAX_BUDGET_PER_SESSION_TTL` (seconds) above the longest session.',
  ].join('\n');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
