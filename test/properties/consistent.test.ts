import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { reachOf } from '../../src/assess/reach.ts';
import { walk } from '../../src/assess/walk.ts';
import { agentOf, agentsOf } from '../../src/manifest/tree.ts';
import { QUESTIONS } from '../../src/model/questions.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { interval, rank } from '../arbitraries/sites.ts';

test('the tier is the ceiling, and the ends are those of the walks', () => {
  holds(manifests(), (manifest) => {
    const { tier, floor, ceiling } = assess(agentOf(manifest));
    expect({ floor, ceiling }).toEqual(interval(manifest));
    expect(tier).toBe(ceiling);
  });
});

test('the trail asks on to the decisive question, and its answers are the tier', () => {
  holds(manifests(), (manifest) => {
    const { tier, floor, trail } = assess(agentOf(manifest));
    expect(trail.map(({ question }) => question)).toEqual(QUESTIONS.slice(0, Math.min(rank(tier) + 1, 3)));
    const read = (end: 'best' | 'worst') => {
      const [writes, reversible, autonomous] = QUESTIONS.map(
        (question) => trail.find((step) => step.question === question)?.[end],
      );
      if (writes === 'no') return 'light';
      if (reversible === 'yes') return 'medium';
      return autonomous === 'yes' ? 'full' : 'medium-plus';
    };
    expect(read('worst')).toBe(tier);
    expect(read('best')).toBe(floor);
    for (const { answer, best, worst, because, question } of trail) {
      expect(answer).toBe(best === worst ? worst : 'unknown');
      // What was decided against the agent is decided by something.
      expect(because.length > 0).toBe(worst === (question === 'reversible' ? 'no' : 'yes'));
    }
  });
});

test('high-stakes tools go with the tier', () => {
  holds(manifests(), (manifest) => {
    const { tier, floor, highStakes, reach } = assess(agentOf(manifest));
    const landing = highStakes.filter(({ access }) => access === 'allow' || access === 'unknown');
    expect(highStakes.length > 0).toBe(rank(tier) >= rank('medium-plus'));
    if (tier === 'medium-plus') expect(highStakes.every(({ access }) => access === 'ask')).toBe(true);
    expect(landing.length > 0).toBe(tier === 'full');
    expect(highStakes.some(({ certain }) => certain)).toBe(rank(floor) >= rank('medium-plus'));
    const names = (rows: { agent: string; tool: string }[]) => rows.map(({ agent, tool }) => `${agent} ${tool}`);
    expect(names(reach.filter((row) => row.highStakes))).toEqual(names(highStakes));
    expect(reach.some(({ access }) => access === 'deny')).toBe(false);
  });
});

test('a tool is certainly high-stakes exactly when it is so at best, and says a certain reason first', () => {
  holds(manifests(), (manifest) => {
    const reach = reachOf(agentOf(manifest));
    const atBest = walk(reach, 'best').highStakes;
    const { highStakes } = assess(agentOf(manifest));
    for (const { agent, tool, certain, because } of highStakes) {
      const pair = reach.pairs.find((one) => one.agent.id === agent && one.tool === tool);
      expect(pair && atBest.has(pair)).toBe(certain);
      expect(because[0]).toMatch(certain ? /^(?!may |touches perhaps )/ : /^may |^touches perhaps /);
    }
  });
});

test('disclosure paths end in high-stakes tools and have all three legs', () => {
  holds(manifests(), (manifest) => {
    const { disclosurePaths, highStakes, ruleOfTwo, reach } = assess(agentOf(manifest));
    for (const { certain, exit, data } of disclosurePaths) {
      const tool = highStakes.find((one) => one.agent === exit.agent && one.tool === exit.tool);
      expect(tool?.because.some((reason) => reason.includes('exit of a disclosure path'))).toBe(true);
      if (certain) expect(tool?.certain).toBe(true);
      expect(reach.some((row) => row.agent === data.agent && row.tool === data.tool)).toBe(true);
      expect(Object.values(ruleOfTwo)).not.toContain(false);
      if (certain) expect(ruleOfTwo).toEqual({ untrusted: true, sensitive: true, acts: true });
    }
    if (Object.values(ruleOfTwo).includes(false)) expect(disclosurePaths).toEqual([]);
  });
});

test('the data of a certain path is certainly sensitive', () => {
  holds(manifests(), (manifest) => {
    const root = agentOf(manifest);
    for (const { certain, data } of assess(root).disclosurePaths.filter((path) => path.certain)) {
      const owner = agentsOf(root).find(({ id }) => id === data.agent);
      const scope = owner?.manifest.data?.[data.scope];
      expect(certain && (scope ? ['confidential', 'regulated'].includes(scope.classification ?? '') : data.scope)).toBe(
        scope ? true : 'credentials or files in reach',
      );
    }
  });
});

test('every pointer leads into the manifest of the agent it names', () => {
  holds(manifests(), (manifest) => {
    const root = agentOf(manifest);
    const bases = new Map(agentsOf(root).map(({ id, base }) => [id, base]));
    const { trail, disclosurePaths, questions, advice } = assess(root);
    const pointers = [
      ...trail.flatMap(({ because }) => because),
      ...disclosurePaths.map(({ untrusted }) => untrusted),
      ...questions,
      ...advice.flatMap(({ patch }) => patch.map(({ agent, path }) => ({ agent, pointer: path }))),
    ];
    for (const { agent, pointer } of pointers) {
      const base = bases.get(agent);
      expect(pointer.startsWith(`${base}/`)).toBe(true);
      expect(pointer.slice(`${base}/`.length)).toMatch(
        /^(tools|data|inputs|autonomy|network|credentials|filesystem|controls)\b/,
      );
    }
  });
});

test('tiers are told apart', () => {
  expect(TIERS.map(rank)).toEqual([0, 1, 2, 3]);
});
