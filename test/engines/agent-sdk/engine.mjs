import { join } from 'node:path';

// Without the client that it would bring: that one is Claude Code, which is pinned one folder up.
export const engine = {
  name: 'agent-sdk',
  smoke: false,
  package: '@anthropic-ai/claude-agent-sdk',
  programs: ['bwrap', 'socat', 'rg'],
  trial: [join(import.meta.dirname, '../node_modules/@anthropic-ai/claude-code-linux-x64/claude'), '--version'],
};
