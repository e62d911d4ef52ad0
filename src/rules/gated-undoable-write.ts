import { GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';
import { needlessGates, writeLoad } from './parts/gates.ts';

export const rule = defineRule({
  id: 'gated-undoable-write',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: 'people approve writes that can be undone, more often than they can mean it',
  why: 'above about twenty approvals a day people approve unread, and what is undone easily needs a record, not a gate',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none, access: ask, callsPerDay: 21 }
`,
        finds: ['/tools/desk~1set_label/access'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none, access: ask, callsPerDay: 20 }
`,
      `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { tickets: { classification: internal } }
tools:
  desk/set_label: { effect: write, reversible: true, impact: low, data: [tickets], egress: none, access: ask }
`,
    ],
  },
  check: (subject) => {
    const gates = needlessGates(subject);
    const load = writeLoad(gates) ?? 0;
    if (load <= GATED_CALLS_A_DAY) return [];
    return gates
      .filter(({ of, own }) => of === 'write' && own)
      .map(({ pair: { agent, tool, facts } }) => {
        const pointer = pointerOf('tools', tool, 'access');
        return {
          agent,
          pointer,
          message: `\`${tool}\` can be undone and asks a person ${facts.callsPerDay} times a day, of ${load} such approvals`,
          help: 'set `access: allow` on it',
          fix: { kind: 'unsafe', patch: [replace(agent, pointer, 'allow')] },
        };
      });
  },
});
