import { toGate } from '../assess/evidence.ts';
import type { Agent } from '../manifest/tree.ts';
import { defineRule } from './define.ts';
import { addField } from './parts/add-field.ts';
import { tooMuchReview } from './parts/gates.ts';

export const rule = defineRule({
  id: 'unstated-review',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'nothing says whether a person approves the high-stakes tools',
  why: 'where nobody has decided who looks, nobody looks: what is not stated counts as no review at all',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: scribe }
autonomy: { initiation: event }
data: {}
tools:
  wiki/delete_page: { effect: write, reversible: false, impact: low, data: [], egress: none }
`,
        finds: ['/autonomy/review'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: scribe }
autonomy: { initiation: event, review: high-stakes }
data: {}
tools:
  wiki/delete_page: { effect: write, reversible: false, impact: low, data: [], egress: none }
`,
      `
schemaVersion: 1
agent: { id: scribe }
autonomy: { initiation: event }
data: {}
tools:
  wiki/delete_page: { effect: write, reversible: false, impact: low, data: [], egress: none, access: ask }
  wiki/search: { effect: read, data: [], egress: none }
`,
    ],
  },
  check: (subject) => {
    if (subject.staging) return [];
    const tools = new Map<Agent, string[]>();
    for (const { agent, tool, access, review, wildcard } of toGate(subject.input)) {
      if (access !== undefined || review !== undefined || wildcard) continue;
      const known = tools.get(agent);
      if (known) known.push(tool);
      else tools.set(agent, [tool]);
    }
    return [...tools].map(([agent, [first, ...rest]]) => {
      const each = !tooMuchReview(agent, subject);
      const patch = addField(agent, ['autonomy', 'review'], each ? 'each-action' : 'high-stakes');
      return {
        agent,
        pointer: '/autonomy/review',
        message: `no \`review\` is stated, so \`${first}\`${rest.length > 0 ? ` and ${rest.length} more high-stakes ${rest.length > 1 ? 'tools' : 'tool'}` : ''} may land without a person`,
        help: `state \`autonomy.review\` (${each ? '`each-action`, ' : ''}\`high-stakes\` or \`none\`), or \`access\` on each of these tools`,
        // The policy already asks for every write and every high-stakes tool of an agent that does not say.
        fix: { kind: each ? 'safe' : 'unsafe', patch },
        instead: patch,
      };
    });
  },
});
