import type { ToolFacts } from '../../model/manifest.ts';

/**
 * What the GitHub action around Claude Code brings along. Source: anthropics/claude-code-action at 24dcd50,
 * src/github/token.ts, src/modes/tag/index.ts, src/mcp; read on 2026-11-22.
 */

/** What the app's token may do that the action fetches where no `github_token` is given. */
export const APP_SCOPES = ['contents:write', 'issues:write', 'pull_requests:write'] as const;

/** A comment or a commit may be public, and what is written there is the caller's to choose. */
const posts: ToolFacts = { effect: 'write', egress: 'open' };
const looks: ToolFacts = { effect: 'read', egress: 'none' };

/** Tools of the action's own servers, by name. */
export const ACTION_TOOLS: Readonly<Record<string, ToolFacts>> = {
  'github_comment/update_claude_comment': { ...posts, reversible: true, impact: 'low' },
  'github_ci/get_ci_status': looks,
  'github_ci/get_workflow_run_details': looks,
  'github_ci/download_job_log': looks,
  'github_inline_comment/create_inline_comment': posts,
  'github_file_ops/commit_files': posts,
  'github_file_ops/delete_files': posts,
};

/** What answers to mentions may call without being told so. */
const ANSWERING = [
  'mcp__github_comment__update_claude_comment',
  'mcp__github_ci__get_ci_status',
  'mcp__github_ci__get_workflow_run_details',
  'mcp__github_ci__download_job_log',
] as const;

/** Rules that the action adds where it answers to mentions; `signed`: commits go through the API. */
export function answeringRules(signed: boolean): string[] {
  const commits = signed
    ? ['mcp__github_file_ops__commit_files', 'mcp__github_file_ops__delete_files']
    : ['Bash(git add:*)', 'Bash(git commit:*)', 'Bash(git push:*)', 'Bash(git rm:*)'];
  return [...ANSWERING, ...commits];
}

/** Before 1.0 these were let through in every mode. */
export const OLD_RULES = ['Edit', 'MultiEdit', 'Glob', 'Grep', 'LS', 'Read', 'Write'] as const;
