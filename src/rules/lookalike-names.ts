import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { lookalikes } from './parts/lookalike.ts';

const MAPS = ['tools', 'mcpServers', 'data', 'credentials', 'subagents'] as const;

export const rule = defineRule({
  id: 'lookalike-names',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'two names that look the same',
  why: 'people will read one and mean the other, and a look-alike is how a false tool gets into a list',
  sources: ['OWASP Agentic ASI04', 'Unicode TR 39'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
data: { Orders: { classification: public }, orders: { classification: regulated } }
tools:
  shop/list_all: read
  shop/1ist_all: write
`,
        finds: ['/data/orders', '/tools/shop~11ist_all'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
data: { orders: { classification: public }, order-lines: { classification: regulated } }
tools:
  shop/list_all: read
  shop/list_one: read
`,
    ],
  },
  check: ({ agents }) => [...agents.flatMap(within), ...amongIds(agents)],
});

function within(agent: Agent): Found[] {
  return MAPS.flatMap((map) =>
    lookalikes(Object.keys(agent.manifest[map] ?? {})).map(({ name, like }) => ({
      agent,
      pointer: pointerOf(map, name),
      on: 'key' as const,
      message: `\`${name}\` looks like \`${like}\``,
      help: 'give one of them a name of its own, or take it out if it was a slip',
      related: [{ agent, pointer: pointerOf(map, like), message: 'the other one' }],
    })),
  );
}

function amongIds(agents: readonly Agent[]): Found[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  return lookalikes([...byId.keys()]).flatMap(({ name, like }) => {
    const [agent, other] = [byId.get(name), byId.get(like)];
    if (!agent || !other) return [];
    return [
      {
        agent,
        pointer: '/agent/id',
        message: `\`${name}\` looks like \`${like}\``,
        help: 'give one of them an id of its own: policies and records go by it',
        related: [{ agent: other, pointer: '/agent/id', message: 'the other one' }],
      },
    ];
  });
}
