import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { remove, replace } from './parts/change.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'limit-never-binds',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'a limit that can never be reached',
  why: 'a limit that another one always beats holds nothing, and looks as if it did',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
limits: { usdPerDay: 2, usdPerSession: 5, subagentsPerSession: 2, concurrentSubagents: 4, toolUsdPerDay: 10 }
`,
        finds: ['/limits/usdPerSession', '/limits/concurrentSubagents', '/limits/toolUsdPerDay'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/buy: { effect: write, cost: { usd: 2 } }
limits: { usdPerDay: 5, usdPerSession: 5, subagentsPerSession: 4, concurrentSubagents: 4, toolUsdPerDay: 10 }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => [
      ...above(agent, 'usdPerSession', 'usdPerDay'),
      ...above(agent, 'concurrentSubagents', 'subagentsPerSession'),
      ...costless(agent, agents),
    ]),
});

type Limit = 'usdPerSession' | 'usdPerDay' | 'concurrentSubagents' | 'subagentsPerSession';

function above(agent: Agent, limit: Limit, other: Limit): Found[] {
  const { [limit]: value, [other]: least } = agent.manifest.limits ?? {};
  if (value === undefined || least === undefined || value <= least) return [];
  const pointer = pointerOf('limits', limit);
  return [
    {
      agent,
      pointer,
      message: `\`${limit}\` is ${value}, and \`${other}\` stops everything at ${least}`,
      help: `set it below ${least}, or leave it at that`,
      // Equal, and not gone: a control may be shown by it.
      fix: { kind: 'safe', patch: [replace(agent, pointer, least)] },
    },
  ];
}

function costless(agent: Agent, agents: readonly Agent[]): Found[] {
  if (agent.manifest.limits?.toolUsdPerDay === undefined || agents.some(spends)) return [];
  return [
    {
      agent,
      pointer: '/limits/toolUsdPerDay',
      message: '`toolUsdPerDay` counts what tools cost, and no tool states a `cost`',
      help: 'state the `cost` of the tools that spend money, or take the limit out',
      fix: { kind: 'unsafe', patch: [remove(agent, '/limits/toolUsdPerDay')] },
    },
  ];
}

const spends = (agent: Agent): boolean =>
  liveTools(agent).some(([, { cost }]) => cost !== undefined && (!('usd' in cost) || cost.usd > 0));
