import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'token-budget',
  severity: 'error',
  noun: 'a token budget',
  field: ['limits', 'tokensPerSession'],
  start: 400_000,
  help: 'set `limits.tokensPerSession`; 400000 is a value to begin with',
  why: 'a session without an end fills its context with whatever it meets, and the bill with it',
  sources: ['OWASP LLM10:2025'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { usdPerSession: 1 }
`,
        finds: ['/limits/tokensPerSession'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { tokensPerSession: 200000 }
`,
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { usdPerSession: 1, turnsPerSession: 40 }
`,
    ],
  },
});
