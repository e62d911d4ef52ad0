import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';

export const rule = defineRule({
  id: 'signed-audit-at-light',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: 'signed records of an agent that reads public data only',
  why: 'keys, signatures and their upkeep cost something every day, and nobody will ever dispute a read of public data',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: scout }
data: { notes: { classification: public } }
tools:
  web/get_page: { effect: read, data: [notes], egress: none }
controls: { signed-audit: { by: ledger, evidence: "runbook 7" } }
`,
        finds: ['/controls/signed-audit'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: scout }
data: { notes: { classification: internal } }
tools:
  web/get_page: { effect: read, data: [notes], egress: none }
controls: { signed-audit: { by: ledger, evidence: "runbook 7" } }
`,
    ],
  },
  check: ({ root, tier }) =>
    tier !== 'light' || root.manifest.controls?.['signed-audit'] === undefined
      ? []
      : [
          {
            pointer: '/controls/signed-audit',
            on: 'key',
            message: '`signed-audit` is kept for an agent that can only read public data',
            help: 'leave it out; at light not even a plain log is required',
            fix: { kind: 'unsafe', patch: [remove(root, '/controls/signed-audit')] },
          },
        ],
});
