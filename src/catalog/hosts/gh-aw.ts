import type { ToolFacts } from '../../model/manifest.ts';

/**
 * Tools of GitHub Agentic Workflows. Source: https://github.github.com/gh-aw/reference/tools, /safe-outputs and /network;
 * read on 2026-11-22.
 */
export const AW_TOOLS: Readonly<Record<string, ToolFacts>> = {
  edit: { effect: 'write', egress: 'none' },
  bash: { effect: 'write', arbitrary: true },
  'web-fetch': { effect: 'read', egress: 'open' },
  // The words go to the search service, and to nobody whom the caller picks.
  'web-search': { effect: 'read', egress: 'none' },
};

/** What is written there may be public, and is the caller's to choose. */
const posts: ToolFacts = { effect: 'write', egress: 'open' };
const sorts: ToolFacts = { effect: 'write', egress: 'none', reversible: true, impact: 'low' };

/** Writes that a job of its own does once the agent has ended; every other one is a write of which no more is known. */
export const SAFE_OUTPUTS: Readonly<Record<string, ToolFacts>> = {
  'create-issue': posts,
  'update-issue': posts,
  'create-discussion': posts,
  'update-discussion': posts,
  'add-comment': posts,
  'create-pull-request': posts,
  'update-pull-request': posts,
  'push-to-pull-request-branch': posts,
  'create-pull-request-review-comment': posts,
  'submit-pull-request-review': posts,
  'reply-to-pull-request-review-comment': posts,
  'create-code-scanning-alert': posts,
  'upload-asset': posts,
  'update-release': posts,
  'add-labels': sorts,
  'remove-labels': sorts,
  'add-reviewer': sorts,
  'assign-milestone': sorts,
  'assign-to-user': sorts,
  'unassign-from-user': sorts,
  'set-issue-type': sorts,
};

/** Keys beside them that are settings, or only tell about the run itself. */
export const NO_OUTPUTS: ReadonlySet<string> = new Set([
  'allowed-domains',
  'allowed-github-references',
  'app',
  'concurrency-group',
  'env',
  'footer',
  'github-app',
  'github-token',
  'group-reports',
  'id-token',
  'max-patch-size',
  'max-bot-mentions',
  'mentions',
  'messages',
  'missing-data',
  'missing-tool',
  'noop',
  'report-failure-as-issue',
  'report-incomplete',
  'runs-on',
  'staged',
  'steps',
  'threat-detection',
]);

/** Tools that settings stand among. */
export const NO_TOOLS: ReadonlySet<string> = new Set(['timeout', 'startup-timeout', 'cli-proxy']);

/** Keys of `on` that start nothing. */
export const NO_EVENTS: ReadonlySet<string> = new Set([
  'bots',
  'github-app',
  'github-token',
  'labels',
  'manual-approval',
  'names',
  'needs',
  'permissions',
  'reaction',
  'roles',
  'skip-bots',
  'skip-if-check-failing',
  'skip-if-match',
  'skip-if-no-match',
  'skip-roles',
  'status-comment',
  'steps',
  'stop-after',
]);

export const AW_PROVIDERS: Readonly<Record<string, string>> = {
  copilot: 'github-copilot',
  claude: 'anthropic',
  codex: 'openai',
  gemini: 'google',
};
