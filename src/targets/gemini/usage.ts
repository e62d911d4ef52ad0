import type { Policy } from '../../model/policy.ts';
import { homeFolder } from './launcher.ts';
import { planOf } from './plan.ts';
import { variablesOf } from './settings.ts';

/** The version that the engine tests prove. */
export const GEMINI = '@google/gemini-cli@0.61.0';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy);
  const variables = variablesOf(plan.servers.map(({ grant }) => grant));
  const renamed = plan.servers.filter(({ server, alias }) => server !== alias);
  const turns = plan.agent.limits.turnsPerSession;
  return [
    `Install Gemini CLI once: \`npm install -g ${GEMINI}\`. Then choose one of two; each one holds by itself.`,
    '',
    '- **`launch.sh`** starts Gemini CLI with these rules and settings alone:',
    '',
    '  ```sh',
    `  sh .stakes/${policy.root}/gemini/launch.sh`,
    `  sh .stakes/${policy.root}/gemini/launch.sh -p 'the task'`,
    '  ```',
    '',
    '- **`policy.toml` and `settings.json`** bind everyone on a machine. Best for a machine or image that runs this agent alone. Install both, as root: Gemini CLI ignores policies in a folder that others may write.',
    '',
    '  ```sh',
    `  cd .stakes/${policy.root}/gemini`,
    '  sudo install -D -m 644 policy.toml /etc/gemini-cli/policies/stakes.toml',
    '  sudo install -D -m 644 settings.json /etc/gemini-cli/settings.json',
    '  ```',
    '',
    ...(variables.length > 0
      ? [`- Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`launch.sh\` refuses to start without.`]
      : []),
    ...renamed.map(
      ({ server, alias }) => `- A name such as \`${server}\` can be misread in a rule: there it is \`${alias}\`.`,
    ),
    ...(turns === null
      ? []
      : [`- A session ends after ${turns} turns, with exit code 53 where nobody watches; no call runs beyond them.`]),
    `- \`launch.sh\` keeps sessions and sign-in in \`~/${homeFolder(policy.root)}\`: your own settings, hooks and extensions of Gemini CLI do not reach the session. Sign in once there, or set \`GEMINI_API_KEY\`.`,
    '- Arguments are checked by patterns over the whole call, one rule for each tool: what does not match is denied.',
    '- With `-p` nobody can be asked, so Gemini CLI refuses what asks.',
    '- Never edit `policy.toml` by hand: over one bad value Gemini CLI drops the whole file, and goes on without it. `launch.sh` refuses a file that was edited.',
    '- Gemini CLI counts no dollars: use the `litellm` target for a budget, the `gate` target for calls.',
    '- Proven on Linux. macOS reads the same files and is not tested; Windows is not covered.',
  ].join('\n');
}
