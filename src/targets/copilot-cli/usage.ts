import type { Policy } from '../../model/policy.ts';
import { callCapWords } from '../cap-words.ts';
import { planOf } from './plan.ts';
import { referencedVariables, serversOf } from './servers.ts';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy);
  const variables = referencedVariables(serversOf(plan));
  const asks = [...plan.granted.values()].some(({ decision }) => decision === 'ask');
  return [
    '**`launch.sh`** starts Copilot CLI with the tools of the policy and no others, and with a plugin whose hook looks at each call.',
    '',
    '```sh',
    `sh .stakes/${policy.root}/copilot-cli/launch.sh -p 'the task'`,
    '```',
    '',
    ...(variables.length > 0
      ? [`- Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`launch.sh\` refuses to start without.`]
      : []),
    '- The hook needs `node` (20.17 or newer) and `policy.json` where it lies. It checks arguments, counts calls, and refuses what the policy does not list. Copilot runs nothing where it fails.',
    ...(asks
      ? [
          '- A call that asks is put to whoever sits at the session. With `-p` nobody is asked, and the call is refused.',
        ]
      : []),
    '- Servers of your own `~/.copilot/mcp-config.json` start too, but none of their tools is offered to the model.',
    ...callCapWords(policy).map((words) => `- ${words}`),
    '- Counters lie in `$XDG_STATE_HOME/stakes/counters` (else `~/.local/state/stakes/counters`). Days end at midnight UTC.',
    '- Copilot counts neither turns nor dollars: use the `litellm` target for a budget.',
    '- Linux and macOS. Copilot CLI is not open source; it was tested as a program, in version 1.0.102.',
  ].join('\n');
}
