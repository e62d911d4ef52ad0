import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';

export const rule = defineRule({
  id: 'ignored-on-read',
  since: '0.2.0',
  severity: 'note',
  direction: 'shape',
  title: 'a read says whether it can be undone',
  why: 'both fields are about writes: on a read they are ignored, or the tool is no read',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: { effect: read, impact: high }
`,
        finds: ['/tools/shop~1get_order/impact'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
  shop/refund: { effect: write, reversible: false, impact: high }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.manifest.tools).flatMap(([tool, facts]) => {
        const fields = (['reversible', 'impact'] as const).filter((field) => facts[field] !== undefined);
        const [first] = fields;
        // What `arbitrary` makes of them is another matter.
        if (facts.effect !== 'read' || facts.arbitrary === true || first === undefined) return [];
        return [
          {
            agent,
            pointer: pointerOf('tools', tool, first),
            on: 'key',
            message: `\`${tool}\` is a read, so ${fields.map((field) => `\`${field}\``).join(' and ')} ${fields.length > 1 ? 'are' : 'is'} ignored`,
            help: 'leave it out, or set `effect: write` if it changes something',
            fix: { kind: 'safe', patch: fields.map((field) => remove(agent, pointerOf('tools', tool, field))) },
          },
        ];
      }),
    ),
});
