import type { Agent } from '../manifest/tree.ts';
import { defineRule } from './define.ts';
import { addField } from './parts/add-field.ts';

export const rule = defineRule({
  id: 'unbounded-delegation',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'an agent with subagents does not say how deep they may go',
  why: 'a subagent that may start another hands work on until money or patience ends',
  sources: ['OWASP Agentic ASI08'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { subagentsPerSession: 4 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
        finds: ['/limits/delegationDepth'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { subagentsPerSession: 4, delegationDepth: 1 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
    ],
  },
  // The limits of the root count for the whole session.
  check: ({ root }) => {
    const depth = depthOf(root);
    if (depth === 0 || root.manifest.limits?.delegationDepth !== undefined) return [];
    return [
      {
        pointer: '/limits/delegationDepth',
        message: `\`${root.id}\` has subagents, and no \`delegationDepth\``,
        help: `set \`limits.delegationDepth\`; the subagents that are written down go ${depth} deep`,
        // Whatever the manifest lists can still be started.
        fix: { kind: 'safe', patch: addField(root, ['limits', 'delegationDepth'], depth) },
      },
    ];
  },
});

function depthOf(root: Agent): number {
  const known = new Map<Agent, number>();
  const visit = (agent: Agent): number => {
    const before = known.get(agent);
    if (before !== undefined) return before;
    const depth = Math.max(0, ...Object.values(agent.subagents).map((inner) => 1 + visit(inner)));
    known.set(agent, depth);
    return depth;
  };
  return visit(root);
}
