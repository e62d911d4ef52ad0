import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'signed-audit',
  severity: 'error',
  noun: 'a signed audit trail',
  field: ['controls', 'signed-audit'],
  help: 'add `controls.signed-audit` with `by` and `evidence`, or gate or bound what lands without a person',
  why: 'an agent that acts alone can act on its own records, and an edited log looks like an honest one',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
`,
        finds: ['/controls/signed-audit'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [shop-oncall] }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
`,
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
controls: { signed-audit: { by: write-once bucket, evidence: nightly verify job } }
`,
    ],
  },
});
