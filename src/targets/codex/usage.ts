import type { Policy } from '../../model/policy.ts';
import { launchLine } from './launcher.ts';
import { planOf } from './plan.ts';
import { homeFolder } from './profile.ts';
import { variablesOf } from './servers.ts';

/** The version that the engine tests prove. */
export const CODEX = '@openai/codex@0.169.0';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy);
  const variables = variablesOf(plan.servers.map(({ grant }) => grant));
  const renamed = plan.servers.filter(({ server, alias }) => server !== alias);
  return [
    `Install Codex once: \`npm install -g ${CODEX}\`. Then choose one of two; each one holds by itself.`,
    '',
    '- **`launch.sh`** starts Codex with exactly these rights and none of your own settings. Sign in once, then start a session, or hand it a task:',
    '',
    '  ```sh',
    `  ${launchLine(policy.root, 'login')}`,
    `  ${launchLine(policy.root, '')}`.trimEnd(),
    `  ${launchLine(policy.root, "exec 'the task'")}`,
    '  ```',
    '',
    '- **`requirements.toml` and `managed_config.toml`** bind everyone on a machine, over their own settings. Best for a machine or image that runs this agent alone. Install both: the first holds servers, sandbox and built-in tools, the second what each tool of a server may do.',
    '',
    '  ```sh',
    `  cd .stakes/${policy.root}/codex`,
    '  sudo install -D -m 644 requirements.toml /etc/codex/requirements.toml',
    '  sudo install -D -m 644 managed_config.toml /etc/codex/managed_config.toml',
    '  ```',
    '',
    ...(variables.length > 0
      ? [`- Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`launch.sh\` refuses to start without.`]
      : []),
    ...renamed.map(({ server, alias }) => `- Codex takes no such name as \`${server}\`: there it is \`${alias}\`.`),
    ...(plan.asks
      ? ['- A call that asks is asked in the session. `exec` has nobody to ask, so Codex refuses it there.']
      : []),
    '- Codex counts neither turns nor dollars: use the `litellm` target for a budget, the `gate` target for calls.',
    `- \`launch.sh\` keeps sessions and sign-in in \`${homeFolder(policy.root)}\`, and writes \`config.toml\` there anew at each start: a tool that somebody allowed "always" asks again.`,
    '- It refuses every option that could widen the rights (`-c`, `--sandbox`, `--add-dir`, …). Settings and hooks of the project do not reach the session.',
    '- After an edit by hand, start Codex with `--strict-config`, as `launch.sh` does: without it, Codex only warns about a key it does not know, and goes on without it.',
    '- Commands run in the sandbox of Codex; a Codex that is installed in an unusual place of a home folder cannot start it, and then no command runs. Servers run outside of it.',
    '- Proven on Linux. macOS reads the same files and is not tested; Windows is not covered.',
  ].join('\n');
}
