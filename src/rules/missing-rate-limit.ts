import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'rate-limit',
  severity: 'error',
  noun: 'a rate limit',
  field: ['limits', 'callsPerMinute'],
  start: 30,
  help: 'set `limits.callsPerMinute`; 30 is a value to begin with',
  why: 'an agent that goes wrong does so at the speed of its tools, and nobody reads that fast',
  sources: ['OWASP Agentic ASI08'],
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
limits: { tokensPerSession: 200000 }
`,
        finds: ['/limits/callsPerMinute'],
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
limits: { callsPerMinute: 30 }
`,
    ],
  },
});
