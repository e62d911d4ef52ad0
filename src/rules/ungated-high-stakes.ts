import { accessOf, highStakesOf } from '../assess/describe.ts';
import { toGate } from '../assess/evidence.ts';
import { gate } from '../assess/moves.ts';
import type { Pair } from '../assess/reach.ts';
import { dangerous, lands } from '../assess/walk.ts';
import { serverOf } from '../manifest/names.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import type { Subject } from './subject.ts';

const EXIT = 'the exit of a disclosure path';

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
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: high-stakes }
inputs: { untrusted: true }
data: {}
tools:
  Bash: { effect: write, arbitrary: true, data: [], access: allow }
  shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none }
`,
        finds: ['/tools/Bash'],
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
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
credentials:
  SHOP_KEY: { servers: [shop], mode: live, scopes: [refunds:write], ttl: 15m }
mcpServers:
  shop: { url: "https://shop.example.com/mcp" }
tools:
  shop/refund:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    maxCallsPerDay: 10
    because: "refunds of at most 50 dollars, ten a day"
    arguments:
      type: object
      required: [amount]
      properties: { amount: { type: integer, minimum: 1, maximum: 50 } }
      additionalProperties: false
`,
      `
schemaVersion: 1
agent: { id: walker, environment: staging }
autonomy: { initiation: schedule, review: none }
data: { orders: { classification: internal, source: synthetic } }
tools:
  shop/order: { effect: write, reversible: false, impact: low, data: [orders], egress: none }
`,
    ],
  },
  check: (subject) => {
    const { input, worst, best, reach, staging } = subject;
    // Inside a staging boundary writes are free: nothing of production is there to be hurt.
    if (staging) return [];
    // A wildcard and an exit that is nothing worse have rules of their own, and so has a review that nobody states.
    const found = toGate(input).filter(
      (pair) =>
        !pair.wildcard && dangerous(pair, 'worst') && lands(pair, 'worst') && accessOf(pair, worst) !== 'unknown',
    );
    if (found.length === 0) return [];
    const reasons = new Map(
      highStakesOf(reach, { best, worst }).map(({ agent, tool, because }) => [
        `${agent} ${tool}`,
        because.find((words) => !words.endsWith(EXIT)),
      ]),
    );
    return found.map((pair) => ({
      agent: pair.agent,
      pointer: pointerOf('tools', pair.tool),
      on: 'key' as const,
      message: `\`${pair.tool}\` ${reasons.get(`${pair.agent.id} ${pair.tool}`) ?? 'is high-stakes'}, and no person approves it`,
      label: 'runs without asking',
      help: `set \`access: ask\` on it${load(pair)}${bound(pair, subject)}`,
      related: around(pair),
      fix: { kind: 'unsafe' as const, patch: gate(pair).patch },
      instead: gate(pair).patch,
    }));
  },
});

function load({ facts: { callsPerDay } }: Pair): string {
  return callsPerDay === undefined ? '' : ` (about ${callsPerDay} approvals a day)`;
}

/** Arbitrary execution, the exit of a disclosure path and a built-in, which has no credential, cannot be bounded. */
function bound(pair: Pair, { worst }: Subject): string {
  if (serverOf(pair.tool) === undefined || pair.arbitrary.worst || (worst.disclosure && pair.exits.worst)) return '';
  return ', or bound it: an argument schema, `maxCallsPerDay`, a scoped credential and `because`';
}

function around({ agent, tool, access }: Pair): NonNullable<Found['related']> {
  const { inputs, autonomy } = agent.manifest;
  return [
    access === undefined
      ? { agent, pointer: '/autonomy/review', message: 'actions land without review' }
      : { agent, pointer: pointerOf('tools', tool, 'access'), message: 'it is allowed to run without asking' },
    ...(inputs?.untrusted
      ? [{ agent, pointer: '/inputs/untrusted', message: 'strangers write some of what it reads' }]
      : []),
    ...(autonomy?.initiation !== undefined && autonomy.initiation !== 'human'
      ? [{ agent, pointer: '/autonomy/initiation', message: 'no person is there when it starts' }]
      : []),
  ];
}
