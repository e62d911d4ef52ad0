import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';
import { needlessGates } from './parts/gates.ts';

export const rule = defineRule({
  id: 'gate-at-light',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: 'a person approves reads of an agent that reads public data only',
  why: 'nothing here can go wrong for anybody, so each approval costs a person and teaches them to approve unread',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: scout }
inputs: { untrusted: true }
data: { notes: { classification: public } }
tools:
  web/get_page: { effect: read, data: [notes], egress: none, access: ask }
`,
        finds: ['/tools/web~1get_page/access'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: scout }
inputs: { untrusted: true }
data: { notes: { classification: public } }
tools:
  web/get_page: { effect: read, data: [notes], egress: none, access: allow }
`,
    ],
  },
  check: (subject) =>
    subject.tier !== 'light'
      ? []
      : needlessGates(subject).map(({ pair: { agent, tool } }) => {
          const pointer = pointerOf('tools', tool, 'access');
          return {
            agent,
            pointer,
            message: `\`${tool}\` asks a person, and all that this agent can do is read public data`,
            help: 'set `access: allow` on it',
            fix: { kind: 'unsafe', patch: [replace(agent, pointer, 'allow')] },
          };
        }),
});
