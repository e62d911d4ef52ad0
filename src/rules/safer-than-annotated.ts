import type { ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'safer-than-annotated',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: "a tool is declared safer than its server's own annotations say",
  why: 'the server has no reason to make its tool look worse than it is, so the declared fact is probably a mistake',
  sources: ['MCP tool annotations'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/sync: { effect: read, annotations: { readOnlyHint: false } }
  shop/purge: { effect: write, reversible: true, annotations: { destructiveHint: true } }
`,
        finds: ['/tools/shop~1sync/effect', '/tools/shop~1purge/reversible'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/sync: { effect: read, annotations: { readOnlyHint: false }, because: "it fills the server's cache and nothing else" }
  shop/purge: { effect: write, reversible: false, annotations: { destructiveHint: true } }
  shop/list: { effect: write, annotations: { readOnlyHint: true } }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent).flatMap(([tool, facts]) => {
        const lie = contradiction(facts);
        if (lie === undefined || facts.because !== undefined) return [];
        const annotations = pointerOf('tools', tool, 'annotations');
        return [
          {
            agent,
            pointer: pointerOf('tools', tool, lie.field),
            message: `\`${tool}\` is declared ${lie.declared}, and its server says \`${lie.hint}\``,
            help: `mend \`${lie.field}\`, or say in \`because\` why the server is wrong`,
            related: [{ agent, pointer: `${annotations}/${lie.hint.split(':')[0]}`, message: "the server's own word" }],
          },
        ];
      }),
    ),
});

function contradiction({ effect, reversible, annotations }: ToolFacts) {
  if (effect === 'read') {
    if (annotations?.readOnlyHint === false)
      return { field: 'effect', declared: 'a read', hint: 'readOnlyHint: false' } as const;
    // By the protocol the hint says nothing of a tool that only reads.
    if (annotations?.destructiveHint === true && annotations.readOnlyHint !== true)
      return { field: 'effect', declared: 'a read', hint: 'destructiveHint: true' } as const;
    return undefined;
  }
  return reversible === true && annotations?.destructiveHint === true
    ? ({ field: 'reversible', declared: 'reversible', hint: 'destructiveHint: true' } as const)
    : undefined;
}
