import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';

/** Fields that say how a tool may be called; what it is (`effect`, `because`) is worth keeping at a denied tool too. */
const TERMS = ['arguments', 'scopes', 'callsPerDay', 'maxCallsPerDay', 'cost', 'record'] as const;

export const rule = defineRule({
  id: 'denied-with-terms',
  since: '0.2.0',
  severity: 'note',
  direction: 'excess',
  title: 'a denied tool with terms for its calls',
  why: 'who skims the file takes a tool with limits and volumes for one that is in use',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
  shop/refund: { effect: write, access: deny, callsPerDay: 12, maxCallsPerDay: 40 }
`,
        finds: ['/tools/shop~1refund/callsPerDay'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
  shop/refund: { effect: write, access: deny, because: "refunds are for people" }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.manifest.tools).flatMap(([tool, facts]) => {
        const terms = TERMS.filter((term) => facts[term] !== undefined);
        const [first] = terms;
        if (facts.access !== 'deny' || first === undefined) return [];
        return [
          {
            agent,
            pointer: pointerOf('tools', tool, first),
            on: 'key',
            message: `\`${tool}\` is denied, so ${terms.map((term) => `\`${term}\``).join(', ')} ${terms.length > 1 ? 'hold' : 'holds'} for no call`,
            help: 'take out what is about calls, or the tool: what is not listed is denied',
            fix: { kind: 'safe', patch: terms.map((term) => remove(agent, pointerOf('tools', tool, term))) },
          },
        ];
      }),
    ),
});
