import type { Policy } from '../../model/policy.ts';
import { serversOf } from './config.ts';
import { planOf } from './plan.ts';
import { referencedVariables } from './references.ts';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy);
  const variables = referencedVariables(serversOf(plan));
  const asks = [plan.root, ...plan.subagents].some(({ rules }) =>
    Object.values(rules).some((list) => list.some(([, access]) => access === 'ask')),
  );
  return [
    'Choose one of two; the first holds more.',
    '',
    '- **`launch.sh`** starts OpenCode with exactly these rights. It sets aside the configuration of the project and all plugins; of your own, it uses providers and keys.',
    '',
    '  ```sh',
    `  sh .stakes/${policy.root}/opencode/launch.sh run 'the task'`,
    '  ```',
    '',
    '- **`opencode.json`** as the file of a machine is read after those of users and projects. Best for a machine or image that runs this agent alone.',
    '',
    '  ```sh',
    `  sudo install -D -m 644 .stakes/${policy.root}/opencode/opencode.json /etc/opencode/opencode.json`,
    '  ```',
    '',
    ...(variables.length > 0
      ? [
          `- Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`launch.sh\` refuses to start without, and OpenCode itself would pass on nothing.`,
        ]
      : []),
    ...(asks
      ? [
          '- A call that asks is put to whoever sits at the session; answer *once*. With `run` nobody is asked, and the call is refused.',
        ]
      : []),
    '- `opencode.json` in the root of a project is not a place for this file: what users and folders say is merged into it, rule by rule, and the last rule counts.',
    '- After an edit by hand, look at `opencode debug config`: a key that OpenCode does not know is dropped in silence, and what no rule names is allowed.',
    '- `steps` is a request to the model and no cap: one that ignores it goes on calling, as our tests show.',
  ].join('\n');
}
