import { namesItsHosts } from '../assess/facts.ts';
import { touches } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import { defineRule, type Found } from './define.ts';
import { addField } from './parts/add-field.ts';
import { requires } from './parts/credentials.ts';
import { absence } from './parts/missing-control.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'missing-egress-allowlist',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'the process may connect anywhere, though the tier or the data in reach calls for a list of hosts',
  why: 'whatever gets into the process can send what it finds to any host on the internet',
  sources: ['OWASP Agentic ASI05'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
data: {}
tools:
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
`,
        finds: ['/network/egress'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
inputs: { untrusted: false }
data: { notes: { classification: confidential } }
tools:
  notes/search: { effect: read, data: [notes], egress: none }
network: { egress: open }
`,
        finds: ['/network/egress'],
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
network: { egress: none }
`,
      `
schemaVersion: 1
agent: { id: reader }
autonomy: { initiation: human, review: none }
data: { news: { classification: public } }
tools:
  news/list: { effect: read, data: [news], egress: none }
network: { egress: open }
`,
    ],
  },
  check: (subject) => {
    if (subject.staging) return [];
    const required = requires(subject, 'egress-allowlist');
    // A list that does not hold has a rule of its own.
    const unlisted = subject.agents.filter(({ manifest: { network } }) =>
      required ? network?.egress === undefined || network.egress === 'open' : network?.egress === 'open',
    );
    return unlisted.flatMap((agent): Found[] => {
      const reader = required ? undefined : subject.reach.pairs.find((pair) => touches(pair, 'internal', 'worst'));
      if (!required && !reader) return [];
      return [
        {
          agent,
          pointer: '/network/egress',
          ...(reader
            ? {
                message: `the process of \`${agent.id}\` may connect anywhere, and \`${reader.tool}\` reads what is not public`,
                help,
              }
            : absence(subject, agent, {
                control: 'egress-allowlist',
                noun: 'an egress allowlist',
                help,
                because: required?.because ?? '',
              })),
          fix: { kind: sendsNothing(agent, subject) ? 'safe' : 'unsafe', patch: closed(agent) },
        },
      ];
    });
  },
});

const help = 'set `network.egress: none`, or `listed` with `network.allowedHosts`';

/** To the hosts that the manifest names in full, and nowhere where it names none. */
function closed(agent: Agent) {
  const named = (agent.manifest.network?.allowedHosts?.length ?? 0) > 0 && namesItsHosts(agent);
  return addField(agent, ['network', 'egress'], named ? 'listed' : 'none');
}

/** Generated sandboxes let nothing out of an agent that does not say, so that saying so changes nothing. */
function sendsNothing(agent: Agent, { reach }: Subject): boolean {
  const own = reach.pairs.filter((pair) => pair.agent === agent);
  return (
    agent.manifest.network?.egress === undefined &&
    own.every((pair) => !pair.exits.worst && pair.facts.egress !== 'listed')
  );
}
