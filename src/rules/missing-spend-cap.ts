import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'spend-cap',
  severity: 'error',
  noun: 'a spend cap',
  field: ['limits', 'usdPerDay'],
  start: 25,
  help: 'set `limits.usdPerDay` or `limits.usdPerSession`; 25 a day is a value to begin with',
  why: 'nobody watches the session, so the first to notice a runaway is whoever reads the invoice',
  sources: ['OWASP LLM10:2025'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: night-reader }
autonomy: { initiation: schedule, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
`,
        finds: ['/limits/usdPerDay'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: night-reader }
autonomy: { initiation: schedule, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { usdPerSession: 1 }
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
