import { drop } from '../assess/moves.ts';
import { lands } from '../assess/walk.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'wildcard-tool',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'every tool of a server may run without a person, whatever the server offers',
  why: 'the server decides what is in reach, and an update can add a tool that deletes or sends',
  sources: ['OWASP Agentic ASI04'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  notion/*: { effect: read, data: [], egress: none }
`,
        finds: ['/tools/notion~1*'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: {}
tools:
  notion/search: { effect: read, data: [], egress: none }
  notion/*: { effect: read, access: ask }
`,
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: each-action }
data: {}
tools:
  notion/*: { effect: read, data: [], egress: none }
`,
    ],
  },
  check: ({ reach }) =>
    reach.pairs
      .filter((pair) => pair.wildcard && lands(pair, 'worst'))
      .map((pair) => ({
        agent: pair.agent,
        pointer: pointerOf('tools', pair.tool),
        on: 'key',
        message: `\`${pair.tool}\` lets in tools that nobody has looked at`,
        label: 'whatever the server offers',
        help: 'list the tools that it needs and take this line out (what is not listed is denied), or set `access: ask` on it',
        fix: { kind: 'unsafe', patch: drop(pair).patch },
        instead: drop(pair).patch,
      })),
});
