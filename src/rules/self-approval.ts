import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'self-approval',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'an agent is among those who approve its calls',
  why: 'an agent that was talked into the call is talked into approving it by the same sentence',
  sources: ['OWASP Agentic ASI09'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [shop-oncall, checker] }
tools: {}
subagents:
  checker: { manifest: { agent: { id: checker }, tools: {} } }
`,
        finds: ['/approvals/approvers'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [desk] }
tools: {}
`,
        finds: ['/approvals/approvers'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [shop-oncall] }
tools: {}
subagents:
  checker: { manifest: { agent: { id: checker }, tools: {} } }
`,
    ],
  },
  check: ({ agents }) => {
    const ids = new Set(agents.map(({ id }) => id));
    return agents.flatMap((agent) => {
      const approvers = agent.manifest.approvals?.approvers ?? [];
      const [self] = approvers.filter((approver) => ids.has(approver));
      if (self === undefined) return [];
      const people = approvers.filter((approver) => !ids.has(approver));
      return [
        {
          agent,
          pointer: '/approvals/approvers',
          message: `\`${self}\` is an agent, and is to approve what ${self === agent.id ? 'it does itself' : `\`${agent.id}\` does`}`,
          help: 'name a person or a group of people',
          related: [
            { agent, pointer: pointerOf('approvals', 'approvers', approvers.indexOf(self)), message: 'an agent' },
          ],
          ...(people.length > 0
            ? { fix: { kind: 'unsafe', patch: [replace(agent, '/approvals/approvers', people)] } }
            : {}),
        },
      ];
    });
  },
});
