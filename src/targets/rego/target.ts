import type { Policy } from '../../model/policy.ts';
import { defineTarget } from '../define.ts';
import { lossesOf } from './losses.ts';
import { packageOf, policyText } from './policy.ts';
import { testText } from './tests.ts';

export const target = defineTarget({
  id: 'rego',
  title: 'Rego (Open Policy Agent)',
  summary: 'a decision document for OPA, which is asked before each tool call, and tests for it',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: ['deny-by-default', 'approval-gates'],
  proof: 'engine',
  usage,
  emit: (policy) => ({
    files: [
      { path: 'policy.rego', content: policyText(policy) },
      { path: 'policy_test.rego', content: testText(policy) },
    ],
    losses: lossesOf(policy),
  }),
});

function usage(policy: Policy): string {
  const document = `data.${packageOf(policy)}.decision`;
  const asks = Object.values(policy.agents).some(({ tools }) =>
    Object.values(tools).some(({ decision }) => decision === 'ask'),
  );
  return [
    'Ask OPA before each tool call, and run the call only where `decision` is `allow`. Everything else is a deny: another word, no answer, an error, and a `result` that is not there, which OPA gives with status 200.',
    '',
    '```sh',
    'opa test policy.rego policy_test.rego',
    `echo '{"agent": "${policy.root}", "tool": "Read", "arguments": {}, "approved": false}' |`,
    `  opa eval --format raw --data policy.rego --stdin-input '${document}'`,
    '```',
    '',
    `- As a server: \`opa run --server policy.rego\`, then \`POST\` to \`/v1/${document.replaceAll('.', '/').replace(/\["(.*)"\]/, '/$1')}\` with the call under \`input\`.`,
    '- `agent` is the id of the agent that calls, known from its session, never from the call. `tool` is `server/tool`, or the bare name of a tool of the host. `arguments` are those of the call, whole.',
    ...(asks
      ? [
          '- On `ask`, keep the call back until a person has approved it, then ask again with `approved` set to `true`: from your record of the approval of this very call, never from the agent.',
        ]
      : []),
    '- Written for OPA 0.47 and later. Our tests run it on the engine of 0.47; `stakes prove` runs it on the `opa` that you have.',
    '- After an edit by hand, `opa check --strict policy.rego` must still find nothing. A rule that looks at an argument that is not there is undefined, and so is one with an error in it: write no `deny` that has to hold by itself.',
  ].join('\n');
}
