import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'cap-below-volume',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'a cap on calls that an ordinary day exceeds',
  why: 'the agent will be stopped in the middle of its work every day',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/refund: { effect: write, callsPerDay: 40, maxCallsPerDay: 12 }
`,
        finds: ['/tools/shop~1refund/maxCallsPerDay'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/refund: { effect: write, callsPerDay: 12, maxCallsPerDay: 12 }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent).flatMap(([tool, { callsPerDay = 0, maxCallsPerDay }]) => {
        if (maxCallsPerDay === undefined || maxCallsPerDay >= callsPerDay) return [];
        return [
          {
            agent,
            pointer: pointerOf('tools', tool, 'maxCallsPerDay'),
            message: `\`${tool}\` is expected ${callsPerDay} times a day, and stops at ${maxCallsPerDay}`,
            help: 'raise the cap above an ordinary day, or mend `callsPerDay`',
            related: [
              { agent, pointer: pointerOf('tools', tool, 'callsPerDay'), message: 'what an ordinary day needs' },
            ],
          },
        ];
      }),
    ),
});
