import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'audit-log',
  severity: 'error',
  noun: 'an audit log',
  field: ['controls', 'audit-log'],
  help: 'add `controls.audit-log` with `by` and `evidence`: what records each call, and where that can be checked',
  why: 'after a bad day nobody can say which calls were made, with which arguments, on whose behalf',
  sources: ['OWASP Agentic ASI09'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: filer }
autonomy: { initiation: human, review: none }
data: { notes: { classification: internal } }
tools:
  notes/search: { effect: read, data: [notes], egress: none }
`,
        finds: ['/controls/audit-log'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: filer }
autonomy: { initiation: human, review: none }
data: { notes: { classification: internal } }
tools:
  notes/search: { effect: read, data: [notes], egress: none }
controls: { audit-log: { by: agent host, evidence: "dashboard: agents / filer" } }
`,
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
`,
    ],
  },
});
