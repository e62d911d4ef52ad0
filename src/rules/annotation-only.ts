import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'annotation-only',
  since: '0.2.0',
  severity: 'note',
  direction: 'shape',
  title: "a tool's facts rest on its server's annotations alone",
  why: 'annotations are what a server says of itself: they raise the floor and never lower the tier',
  sources: ['MCP tool annotations'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: { annotations: { readOnlyHint: true } }
`,
        finds: ['/tools/shop~1get_order/annotations'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: { effect: read, annotations: { readOnlyHint: true } }
  shop/list: { annotations: { title: "List" } }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent)
        .filter(([, { effect, arbitrary, annotations }]) => {
          const hints = ['readOnlyHint', 'destructiveHint'].some((hint) => typeof annotations?.[hint] === 'boolean');
          return hints && effect === undefined && arbitrary === undefined;
        })
        .map(([tool]) => ({
          agent,
          pointer: pointerOf('tools', tool, 'annotations'),
          on: 'key',
          message: `what \`${tool}\` does is known from its annotations alone`,
          help: 'state `effect`, and for a write `reversible` and `impact`, once a person has looked',
        })),
    ),
});
