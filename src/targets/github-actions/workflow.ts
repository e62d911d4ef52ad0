import { stringify } from 'yaml';
import type { Policy } from '../../model/policy.ts';
import { planOf } from '../claude-code/plan.ts';
import { mcpServersOf, referencedVariables } from '../claude-code/servers.ts';

/** The version that the launcher is proven on. */
const CLAUDE_CODE = '@anthropic-ai/claude-code@2.1.330';
/** Without a cap of its own, a run may not hold a runner for the six hours that are the service's default. */
const MINUTES = 30;
/** By their commits: a tag can be moved. */
const CHECKOUT = 'actions/checkout@d23441a48e516b6c34aea4fa41551a30e30af803';
const SETUP_NODE = 'actions/setup-node@249970729cb0ef3589644e2896645e5dc5ba9c38';

export const launcherOf = (policy: Policy) => `.stakes/${policy.root}/claude-code/launch.sh`;

/** Names in the environment of the run, and the secrets that they are filled with. */
export function secretsOf(policy: Policy): Map<string, string> {
  const named = referencedVariables(mcpServersOf(planOf(policy, 'launcher')));
  const names = [...new Set(['ANTHROPIC_API_KEY', ...named])].sort();
  // No secret may have a name that begins like the service's own.
  return new Map(names.map((name) => [name, /^GITHUB_/i.test(name) ? `STAKES_${name}` : name]));
}

export function minutesOf({ agents, root }: Policy): number {
  const minutes = agents[root]?.limits.sessionMinutes ?? MINUTES;
  return Math.max(1, Math.floor(minutes));
}

/** A run that a person starts; expressions stand in `env` alone, so that no text of a stranger becomes a part of a script. */
export function workflowText(policy: Policy): string {
  const secrets = [...secretsOf(policy)].map(([name, secret]) => [name, `\${{ secrets.${secret} }}`]);
  const workflow = {
    name: `Agent ${policy.root}`,
    on: {
      workflow_dispatch: {
        inputs: { task: { description: 'What the agent is to do', required: true, type: 'string' } },
      },
    },
    permissions: {},
    concurrency: { group: `stakes-${policy.root}`, 'cancel-in-progress': false },
    jobs: {
      agent: {
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': minutesOf(policy),
        environment: `stakes-${policy.root}`,
        permissions: { contents: 'read' },
        steps: [
          { uses: CHECKOUT, with: { 'persist-credentials': false } },
          { uses: SETUP_NODE, with: { 'node-version': '22' } },
          {
            name: 'Install the agent and its sandbox',
            run: [
              'set -eu',
              'sudo apt-get -q update',
              'sudo apt-get -q install -y --no-install-recommends bubblewrap socat ripgrep',
              '# Without this the runner lets no program make a sandbox of its own.',
              'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
              `npm install --global ${CLAUDE_CODE}`,
              '',
            ].join('\n'),
          },
          {
            name: 'Run the agent',
            env: { ...Object.fromEntries(secrets), TASK: '${{ inputs.task }}' },
            run: `sh ${launcherOf(policy)} -p "$TASK"`,
          },
        ],
      },
    },
  };
  return `# Written by \`stakes generate\`. Copy it to .github/workflows.\n${stringify(workflow, { lineWidth: 0 })}`;
}
