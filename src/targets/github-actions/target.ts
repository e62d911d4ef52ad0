import type { Policy } from '../../model/policy.ts';
import { defineTarget } from '../define.ts';
import { lossesOf } from './losses.ts';
import { minutesOf, secretsOf, workflowText } from './workflow.ts';

export const target = defineTarget({
  id: 'github-actions',
  title: 'GitHub Actions',
  summary: 'a workflow that runs the agent in CI with a read-only token, secrets of its own and a limit of minutes',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  // What holds in a run is held by the launcher that it starts.
  enforces: [],
  proof: 'schema-checked',
  usage,
  emit: (policy) => ({ files: [{ path: 'agent.yml', content: workflowText(policy) }], losses: lossesOf(policy) }),
});

function usage(policy: Policy): string {
  const secrets = [...secretsOf(policy)].map(([name, secret]) =>
    name === secret ? `\`${secret}\`` : `\`${secret}\` (the run sees it as \`${name}\`)`,
  );
  return [
    "**Checked by the service's own parser, not run by the service.** It starts the `claude-code` target, so generate both: `-t claude-code,github-actions`; without that the run ends before the agent starts.",
    '',
    `1. Commit the bundle, and copy the file: \`cp .stakes/${policy.root}/github-actions/agent.yml .github/workflows/${policy.root}.yml\`.`,
    `2. Make an environment \`stakes-${policy.root}\` in the settings of the repository, with required reviewers if a person is to approve each run, and put there, and nowhere else: ${secrets.join(', ')}.`,
    `3. Start it: \`gh workflow run ${policy.root}.yml -f task='the task'\`.`,
    '',
    `- The job's token can read the code and nothing else; a run ends after ${minutesOf(policy)} minutes, and there is one at a time.`,
    '- A run on `issues`, `pull_request_target` or comments would take its task from strangers: say `untrusted: true` in the manifest first, and look at the tier again.',
    '- The text of a task reaches the script by its environment, never as a part of it; keep it so.',
  ].join('\n');
}
