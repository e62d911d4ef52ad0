import type { ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'arbitrary-contradicted',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'a tool that runs anything is declared harmless, without a reason',
  why: 'without `because` these fields are ignored: the file reads milder than the agent is assessed',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  db/query: { arbitrary: true, effect: read, egress: none }
`,
        finds: ['/tools/db~1query/effect'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  db/query: { arbitrary: true, effect: read, egress: none, because: "the role may only select, and opens no connections" }
  db/admin: { arbitrary: true, effect: write, reversible: false }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent).flatMap(([tool, facts]) => {
        const [first, ...others] = facts.arbitrary === true && facts.because === undefined ? mild(facts) : [];
        if (first === undefined) return [];
        const at = (field: string) => pointerOf('tools', tool, field);
        return [
          {
            agent,
            pointer: at(first),
            message: `\`${tool}\` is \`arbitrary\`, so its ${[first, ...others].map((field) => `\`${field}\``).join(', ')} ${others.length > 0 ? 'are' : 'is'} ignored`,
            help: 'say in `because` what makes it so, or leave it out',
            related: others.map((field) => ({ agent, pointer: at(field), message: 'ignored too' })),
          },
        ];
      }),
    ),
});

function mild({ effect, reversible, impact, egress }: ToolFacts): string[] {
  return [
    ...(effect === 'read' ? ['effect'] : []),
    ...(reversible === true ? ['reversible'] : []),
    ...(impact === 'low' ? ['impact'] : []),
    ...(egress === 'none' || egress === 'listed' ? ['egress'] : []),
  ];
}
