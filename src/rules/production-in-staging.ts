import { atLeast } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'production-in-staging',
  since: '0.2.0',
  severity: 'error',
  direction: 'under',
  title: 'an agent outside of production holds production data or a live credential',
  why: 'staging is where people stop being careful, and what is done here is done to real customers',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: walker, environment: staging }
data: { orders: { classification: internal, source: production } }
mcpServers:
  shop: { url: "https://shop.example.com/mcp" }
tools:
  shop/list: { effect: read, data: [orders], egress: none }
credentials:
  SHOP_KEY: { servers: [shop], mode: live, scopes: [orders:read], ttl: 1h }
`,
        finds: ['/data/orders/source', '/credentials/SHOP_KEY/mode'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: walker, environment: staging }
data:
  orders: { classification: internal, source: synthetic }
  catalogue: { classification: public, source: production }
mcpServers:
  shop: { url: "https://shop.example.com/mcp" }
tools:
  shop/list: { effect: read, data: [orders, catalogue], egress: none }
credentials:
  SHOP_KEY: { servers: [shop], mode: test, scopes: [orders:read], ttl: 1h }
`,
      `
schemaVersion: 1
agent: { id: walker, environment: production }
data: { orders: { classification: internal, source: production } }
tools:
  shop/list: { effect: read, data: [orders], egress: none }
`,
    ],
  },
  check: (subject) =>
    subject.agents
      .map((agent) => ({ agent, environment: environmentOf(agent, subject) }))
      .flatMap(({ agent, environment }) =>
        environment === undefined ? [] : [...data(agent, environment, subject), ...credentials(agent, environment)],
      ),
});

/** A subagent runs where the session runs, whatever it says of itself. */
function environmentOf(agent: Agent, { root }: Subject): string | undefined {
  return [root, agent]
    .map(({ manifest }) => manifest.agent.environment)
    .find((environment) => environment === 'staging' || environment === 'prototype');
}

function data(agent: Agent, environment: string, { reach }: Subject): Found[] {
  const reached = new Set(
    reach.pairs
      .filter((pair) => pair.agent === agent)
      .flatMap(({ scopes }) => scopes)
      .filter((scope) => atLeast(scope, 'internal', 'worst'))
      .map(({ name }) => name),
  );
  return Object.entries(agent.manifest.data ?? {})
    .filter(([name, { source }]) => source === 'production' && reached.has(name))
    .map(([name]) => ({
      agent,
      pointer: pointerOf('data', name, 'source'),
      message: `\`${name}\` is production data, and the environment is \`${environment}\``,
      help: 'give it staging or synthetic data, or state `environment: production` and what that calls for',
      related: [{ agent, pointer: '/agent/environment', message: 'not production' }],
    }));
}

function credentials(agent: Agent, environment: string): Found[] {
  return Object.entries(agent.manifest.credentials ?? {})
    .filter(([, { mode }]) => mode === 'live')
    .map(([name]) => ({
      agent,
      pointer: pointerOf('credentials', name, 'mode'),
      message: `\`${name}\` is a live credential, and the environment is \`${environment}\``,
      help: 'give it a test credential, or state `environment: production` and what that calls for',
      related: [{ agent, pointer: '/agent/environment', message: 'not production' }],
    }));
}
