import { answersTo, tallyOf } from '../assess/walk.ts';
import { compareTiers } from '../model/tiers.ts';
import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'untrusted-unstated',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'whether strangers can write to the agent is not stated, and it decides the tier',
  why: 'what is not stated counts at its worst, so one missing line makes the agent pay for controls it may not need',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: none }
data: { notes: { classification: confidential } }
tools:
  notes/read_page: { effect: read, data: [notes], egress: none }
  chat/post: { effect: write, reversible: true, impact: low, data: [], egress: open }
`,
        finds: ['/inputs/untrusted'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { review: none }
data: { notes: { classification: internal } }
tools:
  notes/read_page: { effect: read, data: [notes], egress: none }
  chat/post: { effect: write, reversible: true, impact: low, data: [], egress: open }
`,
    ],
  },
  check: ({ reach, tier }) => {
    const open = reach.untrusted.filter(({ bound }) => bound.best !== bound.worst);
    const tally = tallyOf(reach, 'worst');
    const after = answersTo({ ...tally, strangers: tally.strangers - open.length }).tier;
    if (compareTiers(after, tier) >= 0) return [];
    return open.map(({ agent }) => ({
      agent,
      pointer: '/inputs/untrusted',
      message: `it is not said whether \`${agent.id}\` reads what strangers can write: with yes it is ${tier}, with no ${after}`,
      help: 'state `inputs.untrusted`: does it read mail, tickets, web pages or logs that others fill?',
    }));
  },
});
