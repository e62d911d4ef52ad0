import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

/** From this ratio on it is no rounding: one of the two numbers is wrong. */
const FAR = 2;

export const rule = defineRule({
  id: 'volume-mismatch',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'the tools are called far more often than the agent acts',
  why: 'costs and approval loads are worked out from these numbers, and one of them is wrong',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { actionsPerDay: 40 }
tools:
  shop/get_order: { effect: read, callsPerDay: 80 }
  shop/search: { effect: read, callsPerDay: 20 }
`,
        finds: ['/autonomy/actionsPerDay'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { actionsPerDay: 90 }
tools:
  shop/get_order: { effect: read, callsPerDay: 80 }
  shop/search: { effect: read, callsPerDay: 20 }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => {
      const { actionsPerDay } = agent.manifest.autonomy ?? {};
      const calls = liveTools(agent).reduce((sum, [, { callsPerDay = 0 }]) => sum + callsPerDay, 0);
      if (actionsPerDay === undefined || calls <= FAR * actionsPerDay) return [];
      return [
        {
          agent,
          pointer: '/autonomy/actionsPerDay',
          message: `\`${agent.id}\` acts ${actionsPerDay} times a day, and its tools add up to ${calls} calls`,
          help: 'mend `actionsPerDay`, or the `callsPerDay` of the tools',
        },
      ];
    }),
});
