import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'loop-limit',
  severity: 'error',
  noun: 'a loop limit',
  field: ['limits', 'repeatsPerCall'],
  start: 5,
  help: 'set `limits.repeatsPerCall` or `limits.turnsPerSession`; 5 repeats are a value to begin with',
  why: 'an agent that retries the same failing call does so until something else runs out',
  sources: ['OWASP Agentic ASI08'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: sorter }
concern: cost
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { usdPerDay: 5 }
`,
        finds: ['/limits/repeatsPerCall'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: sorter }
concern: cost
autonomy: { initiation: human, review: none }
data: {}
tools:
  news/list: { effect: read, data: [], egress: none }
limits: { usdPerDay: 5, turnsPerSession: 40 }
`,
    ],
  },
});
