import { agentsOf } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'idle-subagent',
  since: '0.2.0',
  severity: 'note',
  direction: 'excess',
  title: 'a subagent that can call no tool',
  why: 'it can only think, which its parent can do as well, and a tree of agents needs a spend cap and a loop limit',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
subagents:
  thinker: { manifest: { agent: { id: thinker }, tools: {} } }
`,
        finds: ['/subagents/thinker'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
subagents:
  finder: { manifest: { agent: { id: finder }, tools: { shop/search: read } } }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      Object.entries(agent.subagents)
        .filter(([, subagent]) => agentsOf(subagent).every((other) => liveTools(other).length === 0))
        .map(([name]) => ({
          agent,
          pointer: pointerOf('subagents', name),
          on: 'key',
          message: `\`${name}\` can call no tool`,
          help: 'take it out, unless a context of its own is what it is for',
        })),
    ),
});
