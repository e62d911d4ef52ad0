import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { remove } from './parts/change.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'unused-data',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'a data scope that no tool reaches',
  why: 'the manifest says more than the agent can do, and the next tool without `data` gets this scope as well',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
data: { orders: { classification: internal }, payroll: { classification: regulated } }
tools:
  shop/get_order: { effect: read, data: [orders] }
`,
        finds: ['/data/payroll'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
data: { orders: { classification: internal }, payroll: { classification: regulated } }
tools:
  shop/get_order: { effect: read, data: [orders] }
  shop/search: read
`,
      `
schemaVersion: 1
agent: { id: desk }
data: { orders: { classification: internal }, payroll: { classification: regulated } }
tools:
  shop/get_order: { effect: read, data: [orders] }
  shop/*: { effect: read, data: [orders] }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      unused(agent).map((scope) => {
        const pointer = pointerOf('data', scope);
        const named = Object.values(agent.manifest.tools).some(({ data }) => data?.includes(scope));
        return {
          agent,
          pointer,
          on: 'key' as const,
          message: named ? `only denied tools name \`${scope}\`` : `no tool names \`${scope}\``,
          help: 'take the scope out, or name it at the tool that reaches it',
          ...(named ? {} : { fix: { kind: 'safe' as const, patch: [remove(agent, pointer)] } }),
        };
      }),
    ),
});

function unused(agent: Agent): string[] {
  const tools = liveTools(agent);
  const told = tools.length > 0 && tools.every(([tool, { data }]) => data !== undefined && !tool.endsWith('/*'));
  if (!told) return [];
  const used = new Set(tools.flatMap(([, { data }]) => data ?? []));
  return Object.keys(agent.manifest.data ?? {}).filter((scope) => !used.has(scope));
}
