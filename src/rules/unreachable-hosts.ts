import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'unreachable-hosts',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'hosts are listed that nothing may reach',
  why: 'who reads the list believes that the agent goes there, and one changed word opens all of it',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: { effect: read, egress: none }
network: { egress: none, allowedHosts: [docs.example.com] }
`,
        finds: ['/network/allowedHosts'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  WebFetch: { effect: read, egress: listed }
network: { egress: none, allowedHosts: [docs.example.com] }
`,
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: { effect: read, egress: none }
network: { egress: listed, allowedHosts: [docs.example.com] }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => {
      const { egress, allowedHosts = [] } = agent.manifest.network ?? {};
      const listed = liveTools(agent).some(([, facts]) => facts.egress === 'listed');
      if (egress !== 'none' || allowedHosts.length === 0 || listed) return [];
      return [
        {
          agent,
          pointer: '/network/allowedHosts',
          on: 'key',
          message: 'the hosts stand beside `egress: none`, and no tool says `listed`',
          help: 'take the list out',
          fix: { kind: 'safe', patch: [remove(agent, '/network/allowedHosts')] },
        },
      ];
    }),
});
