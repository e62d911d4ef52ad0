import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'no-environment',
  since: '0.2.0',
  severity: 'note',
  direction: 'shape',
  title: 'where the agent runs is not stated',
  why: 'it counts as production; an agent in staging that says so may need far less for now',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
`,
        finds: ['/agent'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk, environment: production }
tools:
  shop/get_order: read
`,
    ],
  },
  check: ({ root }) =>
    root.manifest.agent.environment !== undefined
      ? []
      : [
          {
            pointer: '/agent',
            on: 'key',
            message: `it is not said where \`${root.id}\` runs`,
            help: 'state `agent.environment`: `prototype`, `staging` or `production`',
          },
        ],
});
