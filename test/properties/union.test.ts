import { expect, test } from 'vitest';
import { type Reach, reachOf } from '../../src/assess/reach.ts';
import { type Walk, walk } from '../../src/assess/walk.ts';
import { type Agent, agentOf, agentsOf } from '../../src/manifest/tree.ts';
import { highestTier } from '../../src/model/tiers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { rank } from '../arbitraries/sites.ts';

const alone = (agent: Agent): Reach => reachOf({ ...agent, subagents: {} });

function joined(reaches: Reach[]): Reach {
  return {
    agents: reaches.flatMap(({ agents }) => agents),
    pairs: reaches.flatMap(({ pairs }) => pairs),
    untrusted: reaches.flatMap(({ untrusted }) => untrusted),
  };
}

const names = (pairs: Iterable<{ agent: Agent; tool: string }>) =>
  [...pairs].map(({ agent, tool }) => `${agent.id} ${tool}`);

/** A walk without the objects it is made of, which are others in every reach. */
function plain({ highStakes, disclosure, ...rest }: Walk) {
  const legs = disclosure && {
    readers: names(disclosure.readers),
    exits: names(disclosure.exits),
    strangers: disclosure.strangers.map((source) => ('tool' in source ? names([source]) : source.untrusted.id)),
  };
  return { ...rest, highStakes: names(highStakes), disclosure: legs };
}

test('the reach of a tree is the reaches of its agents, put together', () => {
  holds(manifests(), (manifest) => {
    const root = agentOf(manifest);
    const parts = agentsOf(root).map(alone);
    for (const when of ['best', 'worst'] as const) {
      expect(plain(walk(reachOf(root), when))).toEqual(plain(walk(joined(parts), when)));
    }
  });
});

test('the tier is at least that of every agent alone, and exactly the highest of them where no disclosure path joins them', () => {
  holds(manifests(), (manifest) => {
    const root = agentOf(manifest);
    for (const when of ['best', 'worst'] as const) {
      const whole = walk(reachOf(root), when);
      const highest = highestTier(agentsOf(root).map((agent) => walk(alone(agent), when).tier));
      expect(rank(whole.tier)).toBeGreaterThanOrEqual(rank(highest));
      if (!whole.disclosure) expect(whole.tier).toBe(highest);
    }
  });
});
