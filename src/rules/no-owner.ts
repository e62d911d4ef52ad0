import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'no-owner',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'an agent in production without an owner',
  why: 'a policy that nobody owns is never loosened when it is too tight, nor looked at when it is too loose',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk, environment: production }
tools:
  shop/get_order: read
`,
        finds: ['/agent'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk, owner: shop-team, environment: production }
tools:
  shop/get_order: read
`,
      `
schemaVersion: 1
agent: { id: desk, environment: prototype }
tools:
  shop/get_order: read
`,
    ],
  },
  check: ({ root }) => {
    const { id, owner, environment = 'production' } = root.manifest.agent;
    if (environment !== 'production' || owner !== undefined) return [];
    return [
      {
        pointer: '/agent',
        on: 'key',
        message: `nobody owns the policy of \`${id}\``,
        help: 'name a team or a person in `agent.owner`',
      },
    ];
  },
});
