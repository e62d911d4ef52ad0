import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'staging-boundary',
  severity: 'error',
  noun: 'a staging boundary',
  field: ['controls', 'staging-boundary'],
  help: 'add `controls.staging-boundary` with `by` and `evidence`, or state `environment: production`',
  why: 'staging is free to try things only as long as nothing in it can touch production',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: walker, environment: staging }
autonomy: { initiation: human, review: none }
data: {}
tools:
  shop/list: { effect: read, data: [], egress: none }
`,
        finds: ['/controls/staging-boundary'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: walker, environment: staging }
autonomy: { initiation: human, review: none }
data: {}
tools:
  shop/list: { effect: read, data: [], egress: none }
controls: { staging-boundary: { by: separate account, evidence: network policy 7 } }
`,
      `
schemaVersion: 1
agent: { id: walker, environment: production }
autonomy: { initiation: human, review: none }
data: {}
tools:
  shop/list: { effect: read, data: [], egress: none }
`,
    ],
  },
});
