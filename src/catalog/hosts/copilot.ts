import type { Host, HostTool } from './define.ts';

const reads: HostTool = { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: true };

/** Its tools by the aliases that agent files use; the command line calls the same by its kinds of permission. */
export const copilot: Host = {
  id: 'copilot',
  title: 'GitHub Copilot',
  source: 'https://docs.github.com/en/copilot/reference/custom-agents-configuration and /copilot-cli-reference',
  checked: '2026-11-22',
  tools: {
    execute: { facts: { effect: 'write', arbitrary: true }, gate: 'commands', readsFiles: true },
    edit: { facts: { effect: 'write', egress: 'none' }, gate: 'edits', readsFiles: true },
    read: reads,
    search: reads,
    web: { facts: { effect: 'read', egress: 'open' }, gate: 'others', readsFiles: false },
    // What it starts is counted where that has its tools.
    agent: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false },
    todo: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false, unlisted: true },
  },
  modes: {},
};
