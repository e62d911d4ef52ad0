import type { ToolFacts } from '../../model/manifest.ts';

const reads: ToolFacts = { effect: 'read', egress: 'none', access: 'allow' };
const edits: ToolFacts = { effect: 'write', egress: 'none', access: 'allow' };

/**
 * What kagent gives an agent besides the tools that its resource names, by the field that switches it on; nobody is asked
 * for any of them. Source: github.com/kagent-dev/kagent, python/packages/kagent-adk and go/adk; read at 5229184 on
 * 2026-11-22.
 */
export const KAGENT_TOOLS: Readonly<Record<'skills' | 'memory' | 'shareTools', Readonly<Record<string, ToolFacts>>>> = {
  skills: {
    bash: { effect: 'write', arbitrary: true, access: 'allow' },
    read_file: reads,
    write_file: edits,
    edit_file: edits,
    skills: reads,
  },
  memory: { load_memory: reads, save_memory: edits },
  // Whoever has the link reads the session.
  shareTools: {
    create_share_link: { effect: 'write', access: 'allow' },
    list_share_links: reads,
    delete_share_link: edits,
  },
};
