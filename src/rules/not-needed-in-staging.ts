import { GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { remove, replace } from './parts/change.ts';
import { needlessGates, writeLoad } from './parts/gates.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'not-needed-in-staging',
  since: '0.2.0',
  severity: 'note',
  direction: 'over',
  title: 'a control of production where nothing of production is in reach',
  why: 'inside the boundary writes are free: what slows the agent down here teaches nothing about production',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: walker, environment: staging }
autonomy: { review: none }
inputs: { untrusted: false }
data: { shop: { classification: internal, source: staging } }
tools:
  shop/set_label: { effect: write, reversible: true, impact: low, data: [shop], egress: none, access: ask }
controls: { signed-audit: { by: ledger, evidence: "runbook 7" } }
`,
        finds: ['/tools/shop~1set_label/access', '/controls/signed-audit'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: walker, environment: staging }
inputs: { untrusted: false }
data: { shop: { classification: internal } }
tools:
  shop/set_label: { effect: write, reversible: true, impact: low, data: [shop], egress: none, access: ask }
`,
    ],
  },
  check: (subject) => (subject.staging ? [...gates(subject), ...signed(subject)] : []),
});

function gates(subject: Subject): Found[] {
  const found = needlessGates(subject);
  if ((writeLoad(found) ?? 0) > GATED_CALLS_A_DAY) return [];
  return found
    .filter(({ of, own }) => of === 'write' && own)
    .map(({ pair: { agent, tool } }) => {
      const pointer = pointerOf('tools', tool, 'access');
      return {
        agent,
        pointer,
        message: `\`${tool}\` asks a person, can be undone, and reaches nothing of production`,
        help: 'set `access: allow` on it until the agent leaves staging',
        fix: { kind: 'unsafe', patch: [replace(agent, pointer, 'allow')] },
      };
    });
}

/** At full the tier asks for it at graduation, and at light another rule speaks. */
function signed({ root, tier }: Subject): Found[] {
  if (tier === 'full' || tier === 'light' || root.manifest.controls?.['signed-audit'] === undefined) return [];
  return [
    {
      pointer: '/controls/signed-audit',
      on: 'key',
      message: '`signed-audit` is kept for an agent that reaches nothing of production',
      help: 'leave it out: neither the boundary nor the tier asks for it',
      fix: { kind: 'unsafe', patch: [remove(root, '/controls/signed-audit')] },
    },
  ];
}
