import { accessOf, disclosurePathsOf } from '../assess/describe.ts';
import { canCloseEgress, closeEgress, gate } from '../assess/moves.ts';
import { lands } from '../assess/walk.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'disclosure-path',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'what strangers write can make a tool carry data out, and no person sees it leave',
  why: 'a stranger who plants a sentence in what the agent reads can have the data sent to himself',
  sources: ['OWASP LLM01:2025', 'OWASP Agentic ASI01'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: helper }
autonomy: { initiation: event, review: none }
inputs: { untrusted: true }
data: { tickets: { classification: confidential } }
tools:
  desk/read_ticket: { effect: read, data: [tickets], egress: none }
  web/fetch: { effect: read, data: [], egress: open }
`,
        finds: ['/tools/web~1fetch/egress'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: helper }
autonomy: { initiation: event, review: high-stakes }
inputs: { untrusted: true }
data: { tickets: { classification: confidential } }
tools:
  desk/read_ticket: { effect: read, data: [tickets], egress: none }
  web/fetch: { effect: read, data: [], egress: open }
`,
      `
schemaVersion: 1
agent: { id: helper }
autonomy: { initiation: event, review: none }
inputs: { untrusted: true }
data: { tickets: { classification: confidential } }
network: { egress: listed, allowedHosts: [docs.example.com] }
tools:
  desk/read_ticket: { effect: read, data: [tickets], egress: none }
  web/fetch: { effect: read, data: [], egress: listed }
`,
    ],
  },
  check: (subject) => {
    const { worst, reach, staging } = subject;
    if (staging) return [];
    const exits = worst.disclosure?.exits.filter(
      (pair) => !pair.wildcard && lands(pair, 'worst') && accessOf(pair, worst) !== 'unknown',
    );
    if (!exits?.length) return [];
    const paths = new Map(disclosurePathsOf(reach).map((path) => [`${path.exit.agent} ${path.exit.tool}`, path]));
    return exits.flatMap((pair): Found[] => {
      const path = paths.get(`${pair.agent.id} ${pair.tool}`);
      if (!path) return [];
      const { certain, data } = path;
      const closes = canCloseEgress(pair);
      return [
        {
          agent: pair.agent,
          pointer: pointerOf('tools', pair.tool, 'egress'),
          message: `\`${pair.tool}\` ${certain ? 'can' : 'may'} carry ${loot(data.scope)} to a place that strangers' text picks`,
          label: 'data can leave here',
          help: closes
            ? 'let it send only to listed hosts (`egress: listed` with `network.allowedHosts`) or nowhere, or set `access: ask` on it'
            : 'set `access: ask` on it, or take it away',
          related: legs(path, subject),
          // Where a tool can send to is a fact about the tool: it is closed by those who know it.
          fix: { kind: 'unsafe', patch: gate(pair).patch },
          instead: (closes ? closeEgress(pair) : gate(pair)).patch,
        },
      ];
    });
  },
});

function loot(scope: string): string {
  if (scope === 'credentials or files in reach') return scope;
  return scope === '(unknown)' ? 'data that no scope names' : `\`${scope}\``;
}

function legs(
  { data, untrusted }: ReturnType<typeof disclosurePathsOf>[number],
  { reach }: Subject,
): NonNullable<Found['related']> {
  const of = (id: string) => reach.agents.find((agent) => agent.id === id);
  const [reader, stranger] = [of(data.agent), of(untrusted.agent)];
  const pointer = stranger ? untrusted.pointer.slice(stranger.base.length) : '';
  return [
    ...(reader
      ? [{ agent: reader, pointer: pointerOf('tools', data.tool), message: `this can read ${loot(data.scope)}` }]
      : []),
    ...(stranger ? [{ agent: stranger, pointer, message: "strangers' text comes in here" }] : []),
  ];
}
