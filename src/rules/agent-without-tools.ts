import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'agent-without-tools',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'an agent that can call no tool',
  why: 'there is nothing to control, so either the tools are missing or the file is',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/refund: { effect: write, access: deny }
`,
        finds: ['/tools'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools: {}
subagents:
  finder: { manifest: { agent: { id: finder }, tools: { shop/search: read } } }
`,
    ],
  },
  check: ({ root, reach }) =>
    reach.pairs.length > 0
      ? []
      : [
          {
            pointer: '/tools',
            on: 'key',
            message: `\`${root.id}\` can call no tool`,
            help: 'list the tools it uses; what is not listed is denied',
          },
        ],
});
