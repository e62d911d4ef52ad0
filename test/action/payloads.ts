import type { Pull } from './git.ts';

const repository = (owner: string, isFork: boolean) => ({
  id: 1296269,
  name: 'agents',
  full_name: `${owner}/agents`,
  private: false,
  owner: { login: owner, id: 1, type: 'Organization' },
  html_url: `https://github.com/${owner}/agents`,
  fork: isFork,
  default_branch: 'main',
});

/** As the documentation of GitHub's webhooks has it, without what nothing here reads. */
export function pullPayload({ base, head }: Pull, owner: string | null): object {
  return {
    action: 'synchronize',
    number: 7,
    pull_request: {
      url: 'https://api.github.com/repos/acme/agents/pulls/7',
      id: 279147437,
      number: 7,
      state: 'open',
      title: '"; touch pwned; echo ${{ github.token }} `touch pwned`',
      user: { login: owner ?? 'ghost', id: 2, type: 'User' },
      body: null,
      draft: false,
      head: {
        label: `${owner ?? 'unknown repository'}:topic`,
        ref: 'topic',
        sha: head,
        repo: owner === null ? null : repository(owner, owner !== 'acme'),
      },
      base: { label: 'acme:main', ref: 'main', sha: base, repo: repository('acme', false) },
      author_association: owner === 'acme' ? 'MEMBER' : 'FIRST_TIME_CONTRIBUTOR',
    },
    repository: repository('acme', false),
    sender: { login: owner ?? 'ghost', id: 2, type: 'User' },
  };
}

export function pushPayload(before: string, after: string): object {
  return {
    ref: 'refs/heads/main',
    before,
    after,
    created: false,
    deleted: false,
    forced: false,
    repository: repository('acme', false),
    head_commit: { id: after, message: 'x', timestamp: '2026-05-01T09:00:00Z' },
  };
}

export function queuePayload({ base, merge }: Pull): object {
  return {
    action: 'checks_requested',
    merge_group: {
      head_sha: merge,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`,
      base_sha: base,
      base_ref: 'refs/heads/main',
    },
    repository: repository('acme', false),
  };
}

export const schedulePayload = (): object => ({ schedule: '0 6 * * 1', repository: repository('acme', false) });
