import type { Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { fileNameOf } from '../srt/file-name.ts';
import { configYaml } from './config.ts';
import { lossesOf } from './losses.ts';

export const target = defineTarget({
  id: 'agentgateway',
  title: 'agentgateway',
  summary: 'rules in CEL and a rate limit for an agentgateway in front of the MCP servers',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: [],
  seesToolsOf: 'servers',
  proof: 'schema-checked',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

/** The root agent's file lies at the top. */
export function configPath(policy: Policy, agent: string): string {
  return agent === policy.root ? 'config.yaml' : `subagents/${fileNameOf(agent)}.yaml`;
}

function filesOf(policy: Policy): EmittedFile[] {
  const others = Object.keys(policy.agents)
    .filter((id) => id !== policy.root)
    .sort();
  return Object.entries(policy.agents)
    .sort(byName)
    .map(([id, agent]) => ({
      path: configPath(policy, id),
      // A port of its own, so that each agent can have a gateway on one machine.
      content: configYaml(policy, agent, 3000 + others.indexOf(id) + 1),
    }));
}

function usage(policy: Policy): string {
  const others = Object.keys(policy.agents).filter((id) => id !== policy.root);
  return [
    '**Schema-checked, not proven on the engine:** the fields are those of the published schema (v1.4), and the rules are tried on another engine of CEL; no agentgateway ran in our tests.',
    '',
    '```sh',
    'agentgateway -f config.yaml',
    '```',
    '',
    '- The agent gets `http://localhost:3000/mcp` and no other way to the servers; a tool is called there as `server_tool` where there are several servers.',
    ...(others.length > 0
      ? ['- `subagents/` has a file for each subagent: a gateway of its own, on a port of its own.']
      : []),
    '- Who may reach the port is not decided here: add `jwtAuth` under `mcp.policies` with your issuer, your audience and its keys.',
    '- The variables in the file are filled in from the environment of the gateway, before anything else is read.',
    ...(Object.values(policy.agents).some(({ limits }) => limits.callsPerMinute !== null)
      ? [
          '- Its rate limit fills a bucket again each minute, so that up to twice the cap can pass in the minute around that; not measured, because no agentgateway ran.',
        ]
      : []),
    '- Keep the rule `false`: with no rule that allows, the gateway lets every call through. A `deny` rule that has an error in it denies nothing, and `mcp.tool.arguments` is not there yet when rules are asked.',
  ].join('\n');
}
