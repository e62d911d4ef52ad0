import { accessOf } from '../assess/describe.ts';
import { hasApprover } from '../assess/evidence.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'nobody-to-ask',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'a tool asks, and nobody can be asked',
  why: 'a question that nobody gets is a denial: the tool never runs, and someone will loosen it in a hurry',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: schedule, review: none }
tools:
  shop/get_order: read
  shop/refund: { effect: write, access: ask }
`,
        finds: ['/tools/shop~1refund/access'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
tools:
  shop/refund: { effect: write, reversible: false }
`,
        finds: ['/autonomy/review'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: schedule, review: high-stakes }
approvals: { approvers: [oncall] }
tools:
  shop/refund: { effect: write, reversible: false }
`,
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
tools:
  shop/refund: { effect: write, reversible: false }
`,
    ],
  },
  check: ({ agents, root, reach, worst }) =>
    agents
      .filter((agent) => !hasApprover(agent, root))
      .flatMap((agent) => {
        const asking = reach.pairs.filter((pair) => pair.agent === agent && accessOf(pair, worst) === 'ask');
        const [first, ...others] = asking;
        if (!first) return [];
        const more = others.length === 0 ? '' : ` and ${others.length} more of \`${agent.id}\``;
        return [
          {
            agent,
            pointer: first.access === undefined ? '/autonomy/review' : pointerOf('tools', first.tool, 'access'),
            message: `\`${first.tool}\`${more} may only run once a person says yes, and there is nobody to ask`,
            help: 'name people in `approvals.approvers`, or say `initiation: human` if a person starts each session',
          },
        ];
      }),
});
