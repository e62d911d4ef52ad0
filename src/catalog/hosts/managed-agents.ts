import type { ToolFacts } from '../../model/manifest.ts';

const reads: ToolFacts = { effect: 'read', egress: 'none' };
const edits: ToolFacts = { effect: 'write', egress: 'none' };

/**
 * The toolset of Claude Managed Agents, which runs in a container of its own. Source: https://platform.claude.com/docs,
 * managed agents, tools and permission policies; read on 2026-11-22.
 */
export const MANAGED_TOOLS: Readonly<Record<string, ToolFacts>> = {
  bash: { effect: 'write', arbitrary: true },
  read: reads,
  glob: reads,
  grep: reads,
  write: edits,
  edit: edits,
  web_fetch: { effect: 'read', egress: 'open' },
  // The words go to the search service, and to nobody whom the caller picks.
  web_search: reads,
};
