import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'review-without-effect',
  since: '0.2.0',
  severity: 'note',
  direction: 'shape',
  title: '`review` is stated, and every tool states its own `access`',
  why: 'who changes the review believes that the agent changes, and it does not',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: each-action }
tools:
  shop/refund: { effect: write, access: allow }
`,
        finds: ['/autonomy/review'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: each-action }
tools:
  shop/get_order: read
  shop/refund: { effect: write, access: allow }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => {
      const { review } = agent.manifest.autonomy ?? {};
      const tools = liveTools(agent);
      if (review === undefined || tools.length === 0 || tools.some(([, { access }]) => access === undefined)) return [];
      return [
        {
          agent,
          pointer: '/autonomy/review',
          message: `\`${review}\` holds for no tool: each has its own \`access\``,
          help: 'take `access` off the tools that should follow the review; else it only waits for tools to come',
        },
      ];
    }),
});
