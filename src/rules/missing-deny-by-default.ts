import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'deny-by-default',
  severity: 'error',
  noun: 'a policy that denies by default',
  field: ['controls', 'deny-by-default'],
  help: 'install a generated policy, or add `controls.deny-by-default` with `by` and `evidence`',
  why: 'a tool that a server gains next week is in reach the same day, though nobody has looked at it',
  sources: ['OWASP Agentic ASI02'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
`,
        finds: ['/controls/deny-by-default'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
controls: { deny-by-default: { by: agent host policy, evidence: security review 118 } }
`,
    ],
  },
});
