import { accessOf } from '../assess/describe.ts';
import { toGate } from '../assess/evidence.ts';
import { gate } from '../assess/moves.ts';
import { lands } from '../assess/walk.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'ungated-high-stakes',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'a high-stakes tool runs without a person, and is not bounded',
  why: 'one bad run is an incident instead of a declined request',
  sources: ['OWASP Agentic ASI02'],
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
        finds: ['/tools/shop~1refund'],
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
`,
    ],
  },
  check: ({ input, worst, best }) =>
    toGate(input)
      .filter((pair) => lands(pair, 'worst') && accessOf(pair, worst) !== 'unknown')
      .map((pair) => ({
        agent: pair.agent,
        pointer: pointerOf('tools', pair.tool),
        on: 'key',
        message: `\`${pair.tool}\` is high-stakes${best.highStakes.has(pair) ? '' : ' unless an open fact turns out well'}, and no person approves it`,
        help: 'set `access: ask` on it, or bound it: an argument schema, `maxCallsPerDay`, a scoped credential and `because`',
        instead: gate(pair).patch,
      })),
});
