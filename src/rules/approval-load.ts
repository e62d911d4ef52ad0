import { accessOf } from '../assess/describe.ts';
import type { Agent } from '../manifest/tree.ts';
import { defineRule } from './define.ts';
import type { Subject } from './subject.ts';

/**
 * Approvals a day for each approver: at two minutes of thought each, more than three hours of a working day. Where users
 * report that they stop reading it is fewer (25 in 35 minutes, LanternOps/breeze#3088).
 */
const MOST_A_DAY = 100;

export const rule = defineRule({
  id: 'approval-load',
  since: '0.2.0',
  severity: 'note',
  direction: 'over',
  title: 'more approvals a day than a person can carry',
  why: 'an approval that nobody has time to read is a delay and not a control',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [oncall] }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, egress: none, callsPerDay: 240 }
`,
        finds: ['/approvals/approvers'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [ana, ben, cleo] }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, egress: none, callsPerDay: 240 }
`,
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [oncall] }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, egress: none }
`,
    ],
  },
  check: (subject) => {
    const ids = new Set(subject.agents.map(({ id }) => id));
    return subject.agents.flatMap((agent) => {
      // An agent among them is a fault of its own, and carries nothing.
      const approvers = agent.manifest.approvals?.approvers?.filter((approver) => !ids.has(approver)).length ?? 0;
      const load = highStakesLoad(agent, subject);
      if (approvers === 0 || load === null || load <= MOST_A_DAY * approvers) return [];
      const people = approvers === 1 ? 'one approver' : `${approvers} approvers`;
      return [
        {
          agent,
          pointer: '/approvals/approvers',
          message: `\`${agent.id}\` asks ${people} for ${load} high-stakes calls a day`,
          help: 'keep the gates: bound the most frequent tool (schema, `maxCallsPerDay`, scoped credential, `because`), narrow what it may touch, or name more approvers',
        },
      ];
    });
  },
});

/** Null when one of the tools states no volume. What is not high-stakes is for other rules. */
function highStakesLoad(agent: Agent, { worst }: Subject): number | null {
  let load = 0;
  for (const pair of worst.highStakes) {
    if (pair.agent !== agent || accessOf(pair, worst) !== 'ask') continue;
    if (pair.facts.callsPerDay === undefined) return null;
    load += pair.facts.callsPerDay;
  }
  return load;
}
