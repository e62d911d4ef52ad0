import { GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';
import { needlessGates, writeLoad } from './parts/gates.ts';

export const rule = defineRule({
  id: 'review-each-action',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: '`review: each-action` where `high-stakes` would do',
  why: 'who approves every small change approves the large one unread as well',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: each-action }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none, callsPerDay: 60 }
`,
        finds: ['/autonomy/review'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none, callsPerDay: 60 }
`,
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: each-action }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none }
`,
    ],
  },
  check: (subject) => {
    const gates = needlessGates(subject);
    const load = writeLoad(gates) ?? 0;
    if (load <= GATED_CALLS_A_DAY) return [];
    const reviewed = gates.filter(({ of, own }) => of === 'write' && !own).map(({ pair }) => pair);
    return [...new Set(reviewed.map(({ agent }) => agent))].map((agent) => ({
      agent,
      pointer: '/autonomy/review',
      message: `\`each-action\` asks a person for ${load} calls a day that can be undone`,
      help: 'set `review: high-stakes`: what is high-stakes goes on asking',
      fix: { kind: 'unsafe', patch: [replace(agent, '/autonomy/review', 'high-stakes')] },
    }));
  },
});
