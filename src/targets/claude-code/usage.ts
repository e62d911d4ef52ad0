import type { Policy } from '../../model/policy.ts';
import { callCapWords } from '../cap-words.ts';
import { managedFolder } from './hook-files.ts';
import { type Plan, planOf } from './plan.ts';
import { mcpServersOf, referencedVariables } from './servers.ts';
import { atLeastOne } from './settings.ts';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy, 'launcher');
  const variables = referencedVariables(mcpServersOf(plan));
  return [
    'Choose one of three; each one holds by itself.',
    '',
    '- **`launch.sh`** starts Claude Code with exactly these rights, and with caps on turns and dollars. Best for an agent of its own:',
    '',
    '  ```sh',
    `  sh .stakes/${policy.root}/claude-code/launch.sh -p 'the task'`,
    '  ```',
    '',
    '- **`managed-settings.json`** binds everyone on a machine. Best for a machine or image that runs this agent alone. The hook comes first: the settings refuse every call without it.',
    '',
    '  ```sh',
    `  cd .stakes/${policy.root}`,
    ...['policy.json', 'claude-code/hook.json', 'claude-code/hook.mjs', 'claude-code/hook.sh'].map(
      (file) => `  sudo install -D -m 644 ${file} ${managedFolder(policy.root)}/${file}`,
    ),
    '  sudo install -D -m 644 claude-code/managed-settings.json /etc/claude-code/managed-settings.json',
    '  ```',
    '',
    '- **`settings.json`** binds everyone who opens this project, and only narrows: what it denies or asks stays so, what it does not name is up to each user. It counts for sessions that start in the root of the project. `stakes apply` merges it into `.claude/settings.json`, shows the difference first, keeps every line of yours, and takes it back with `--undo`. A file with comments or trailing commas is one that Claude Code ignores as a whole, its denies too: `stakes apply` says so.',
    '',
    ...[...notes(plan, variables), ...callCapWords(policy), ...sessionCaps(plan)].map((note) => `- ${note}`),
  ].join('\n');
}

/** What the launcher alone holds, and how far beyond it a session can come. */
function sessionCaps(plan: Plan): string[] {
  const { turnsPerSession: turns, usdPerSession, usdPerDay } = plan.root.policy.limits;
  const caps = [usdPerSession, usdPerDay].filter((cap) => cap !== null);
  return [
    ...(turns === null
      ? []
      : [`A session of \`launch.sh\` ends after ${atLeastOne(turns)} turns; no call runs beyond them.`]),
    ...(caps.length === 0
      ? []
      : [
          `A session of \`launch.sh\` ends after the turn that passes ${Math.min(...caps)} dollars: they are looked at after a turn, so that a session can cost its cap and one turn more, and the call of that turn has run.`,
        ]),
  ];
}

function notes(plan: Plan, variables: string[]): string[] {
  const started = plan.subagents.length > 0;
  return [
    'With the last two, start the servers with `claude --mcp-config mcp.json --strict-mcp-config`.',
    ...(variables.length > 0
      ? [
          `Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`launch.sh\` refuses to start without, and Claude Code itself would pass on the bare reference.`,
        ]
      : []),
    ...(plan.folder === '.'
      ? []
      : [
          `\`launch.sh\` works in \`${plan.folder}\`, because file tools reach all of the folder that a session works in.`,
        ]),
    ...(started ? ['Subagents run with `launch.sh` only; the other two files deny the `Agent` tool.'] : []),
    'Each of the three runs `hook.sh` before a call. It needs `node` (20.17 or newer) and `policy.json` where it lies, checks arguments, counts calls, and refuses what the policy does not list; without an answer from it nothing runs. With `launch.sh` and `managed-settings.json` that goes for every tool, with `settings.json` for tools of MCP servers only, so that people in the project keep the built-ins that the file does not deny.',
    'Counters lie in `$XDG_STATE_HOME/stakes/counters` (else `~/.local/state/stakes/counters`; on Windows `%LOCALAPPDATA%\\stakes\\counters`). Days end at midnight UTC. A damaged file refuses every call until a person deletes it.',
    'Settings of the user and of the project do not reach a session of `launch.sh`, nor their hooks, their agents, and denies of your own: put those in the manifest. Sign in with `claude auth`, or by environment.',
    'After an edit by hand, look at `claude doctor`: one bad value makes Claude Code drop a whole file in silence.',
  ];
}
