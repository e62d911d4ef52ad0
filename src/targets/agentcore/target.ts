import type { Policy } from '../../model/policy.ts';
import { defineTarget, type EmittedFile } from '../define.ts';
import { gatewayActions, inputSchemaOf } from './fields.ts';
import { lossesOf } from './losses.ts';
import { clientVariables } from './names.ts';
import { statementsOf } from './statements.ts';

export const target = defineTarget({
  id: 'agentcore',
  title: 'AWS Bedrock AgentCore Policy',
  summary: 'Cedar statements for the policy engine of an AgentCore gateway',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['deny-by-default'],
  seesToolsOf: 'servers',
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

function filesOf(policy: Policy): EmittedFile[] {
  const tools = gatewayActions(policy).map(({ name, input }) => ({ name, inputSchema: inputSchemaOf(input) }));
  return [
    ...statementsOf(policy).taken.map(({ name, text }) => ({ path: `policies/${name}.cedar`, content: text })),
    { path: 'tools.json', content: `${JSON.stringify(tools, null, 2)}\n` },
  ];
}

function usage(policy: Policy): string {
  const clients = [...clientVariables(policy.root, Object.keys(policy.agents))];
  const variables = ['GATEWAY_ARN', ...clients.map(([, name]) => name)];
  return [
    '**Proven on the Cedar engine with the schema of the open-source generator that AWS points to; the service itself did not run in our tests.**',
    '',
    'Register each MCP server at the gateway as a target of the name that it has here, create a policy engine, attach it in mode `ENFORCE`, and create the statements, in this folder:',
    '',
    '```sh',
    'set -eu',
    `export ${variables.map((name) => `${name}="\${${name}:?}"`).join(' ')}`,
    'for file in policies/*.cedar; do',
    `  statement=$(envsubst '${variables.map((name) => `$${name}`).join(' ')}' < "$file" | jq -Rs '{cedar: {statement: .}}')`,
    '  aws bedrock-agentcore-control create-policy --policy-engine-id "${POLICY_ENGINE_ID:?}" \\',
    '    --name "$(basename "$file" .cedar)" --definition "$statement" --validation-mode FAIL_ON_ANY_FINDINGS',
    'done',
    '```',
    '',
    '- `GATEWAY_ARN` is the ARN of the gateway, which must authorize with OAuth: a principal of IAM has no `client_id`.',
    ...clients.map(([id, name]) => `- \`${name}\` is the \`client_id\` in the tokens of \`${id}\`.`),
    '- With `LOG_ONLY` nothing is denied. A statement that AWS refuses permits nothing: an error leaves the engine stricter, never wider.',
    '- The gateway makes its schema from what the tools declare, and `tools.json` shows the types that the statements are written for. Where a tool declares another type, or lists the values of a text itself, AWS refuses the statement: change the type in the manifest, or leave the list to the tool.',
    '- Another policy in the same engine that permits more is not narrowed by these, but for the `forbid` ones.',
  ].join('\n');
}
