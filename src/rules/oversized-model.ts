import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';
import { smallerThan } from './parts/families.ts';

export const rule = defineRule({
  id: 'oversized-model',
  since: '0.2.0',
  severity: 'note',
  direction: 'over',
  title: 'a large model for a subagent that can only make one kind of read',
  why: 'such a subagent fetches and sums up, which the small model of the same family does for a fraction of the price',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
models: [{ provider: anthropic, id: claude-haiku-4-5 }]
data: { notes: { classification: public } }
tools:
  web/list: { effect: read, data: [notes], egress: none }
subagents:
  fetcher:
    manifest:
      agent: { id: fetcher }
      models: [{ provider: anthropic, id: claude-opus-4-5 }]
      data: { notes: { classification: public } }
      tools:
        web/get_page: { effect: read, data: [notes], egress: none }
`,
        finds: ['/subagents/fetcher/manifest/models/0/id'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
models: [{ provider: anthropic, id: claude-opus-4-5 }]
data: { notes: { classification: public } }
tools:
  web/list: { effect: read, data: [notes], egress: none }
subagents:
  fetcher:
    manifest:
      agent: { id: fetcher }
      models: [{ provider: anthropic, id: claude-sonnet-4-5 }]
      data: { notes: { classification: public } }
      tools:
        web/get_page: { effect: read, data: [notes], egress: none }
`,
    ],
  },
  check: ({ root, agents, reach, worst }) => {
    const inUse = agents.flatMap(({ manifest }) => manifest.models ?? []);
    return agents.flatMap((agent) => {
      const [only, ...others] = reach.pairs.filter((pair) => pair.agent === agent);
      const [model, ...more] = agent.manifest.models ?? [];
      if (agent === root || !only || others.length > 0 || !model || more.length > 0) return [];
      if (only.writes.worst || only.wildcard || worst.highStakes.has(only)) return [];
      const id = smallerThan(
        model.id,
        inUse.map((other) => other.id),
      );
      const smaller = inUse.find((other) => other.id === id);
      if (smaller === undefined) return [];
      return [
        {
          agent,
          pointer: '/models/0/id',
          message: `\`${agent.id}\` runs \`${model.id}\`, and all it can do is call \`${only.tool}\``,
          help: `try \`${smaller.id}\`, which this tree uses already`,
          fix: { kind: 'unsafe', patch: [replace(agent, '/models', [smaller])] },
        },
      ];
    });
  },
});
