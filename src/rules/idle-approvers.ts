import { accessOf } from '../assess/describe.ts';
import { toGate } from '../assess/evidence.ts';
import { givenAt } from '../manifest/given.ts';
import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';

export const rule = defineRule({
  id: 'idle-approvers',
  since: '0.2.0',
  severity: 'note',
  direction: 'excess',
  title: 'approvers are named, and nothing ever asks them',
  why: 'it looks as if people watched this agent, and nobody does',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: none }
approvals: { approvers: [oncall] }
tools:
  shop/get_order: read
`,
        finds: ['/approvals/approvers'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: high-stakes }
approvals: { approvers: [oncall] }
tools:
  shop/get_order: { effect: read, data: [] }
`,
      `
schemaVersion: 1
agent: { id: desk }
approvals: { approvers: [oncall] }
tools:
  shop/get_order: read
`,
    ],
  },
  check: ({ agents, root, reach, worst, input }) => {
    // Where a tool is still to be gated somebody has to be asked.
    const idle = toGate(input).length === 0;
    return agents.flatMap((agent) => {
      // Those of the organisation are there for whoever needs them.
      if (givenAt(agent, '/approvals/approvers')) return [];
      const approvers = agent.manifest.approvals?.approvers ?? [];
      // Those of the root may be meant for the whole tree.
      const pairs = reach.pairs.filter((pair) => agent === root || pair.agent === agent);
      const standing = agents.some(({ manifest }) => !['none', undefined].includes(manifest.autonomy?.review));
      if (approvers.length === 0 || standing || !pairs.every((pair) => accessOf(pair, worst) === 'allow')) return [];
      return [
        {
          agent,
          pointer: '/approvals/approvers',
          on: 'key',
          message: `no tool asks ${approvers.map((name) => `\`${name}\``).join(', ')}`,
          help: 'take them out, or set `access: ask` where they should decide',
          ...(idle ? { fix: { kind: 'safe', patch: [remove(agent, '/approvals/approvers')] } } : {}),
        },
      ];
    });
  },
});
