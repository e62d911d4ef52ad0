import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';
import { needlessGates } from './parts/gates.ts';

export const rule = defineRule({
  id: 'gated-read',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: 'a person approves a read that is not high-stakes',
  why: 'a read changes nothing, and here nothing can carry out what it returns: people who are asked for such calls stop reading what they approve',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/get_ticket: { effect: read, data: [tickets], egress: none, access: ask }
`,
        finds: ['/tools/desk~1get_ticket/access'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/get_ticket: { effect: read, data: [tickets], egress: none, access: allow }
`,
      `
schemaVersion: 1
agent: { id: desk }
data: { patients: { classification: regulated } }
tools:
  desk/get_record: { effect: read, data: [patients], egress: none, access: ask }
`,
      `
schemaVersion: 1
agent: { id: desk }
tools:
  desk/look_up: { effect: read, access: ask }
`,
    ],
  },
  check: (subject) =>
    subject.tier === 'light'
      ? []
      : needlessGates(subject)
          .filter(({ of }) => of === 'read')
          .map(({ pair: { agent, tool } }) => {
            const pointer = pointerOf('tools', tool, 'access');
            return {
              agent,
              pointer,
              message: `\`${tool}\` only reads, is not high-stakes, and still asks a person`,
              help: 'set `access: allow` on it',
              fix: { kind: 'unsafe', patch: [replace(agent, pointer, 'allow')] },
            };
          }),
});
