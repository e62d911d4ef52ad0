import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlap, type Touch } from '../../src/lint/fix/apart.ts';
import { MOST_ROUNDS } from '../../src/lint/fix.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { nameFaults } from '../../src/manifest/names.ts';
import { patchedAgent } from '../../src/manifest/patch.ts';
import { type Agent, agentOf, agentsOf } from '../../src/manifest/tree.ts';
import type { PatchOperation } from '../../src/model/assessment.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { holds, someOf, turns } from '../arbitraries/cases.ts';
import { remediesOf } from '../arbitraries/remedies.ts';
import { type Spoken, spoken } from '../arbitraries/spoken.ts';
import { SUPPLIED } from '../arbitraries/supplied.ts';
import { troubled } from '../arbitraries/troubled.ts';

const directed = rules.filter(({ direction }) => direction === 'under' || direction === 'over');
const under = rules.filter(({ direction }) => direction === 'under');
const over = rules.filter(({ direction }) => direction === 'over');

const touchesOf = (patch: readonly PatchOperation[]): Touch[] =>
  patch.map(({ agent, path }) => ({ file: agent, document: 0, path }));

const placeOf = ({ agent, found }: Spoken): Touch => ({
  file: agent.id,
  document: 0,
  path: `${agent.base}${found.pointer}`,
});

test('the generator makes every rule of both directions speak', () => {
  const said = new Set<string>();
  for (const manifest of fc.sample(troubled, { numRuns: 3000, seed: 7 }))
    for (const { rule } of spoken(agentOf(manifest), directed).values()) said.add(rule.id);
  expect(directed.map(({ id }) => id).filter((id) => !said.has(id))).toEqual([]);
});

function load(text: string): Agent[] {
  const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', text.trimStart());
  if (loaded.state !== 'ok') throw new Error(loaded.state);
  return loaded.value;
}

test('every finding of a bad example has a remedy, and a table entry is of a rule that needs it', () => {
  const needed = new Set<string>();
  for (const rule of directed) {
    for (const { manifest } of rule.examples.bad) {
      for (const item of load(manifest).flatMap((root) => [...spoken(root, [rule]).values()])) {
        expect(remediesOf(item)[0]?.length).toBeGreaterThan(0);
        if (!item.found.fix) needed.add(rule.id);
      }
    }
  }
  expect(Object.keys(SUPPLIED).sort()).toEqual([...needed].sort());
});

/**
 * A finding that a remedy brings contradicts the one that it mends when it is of the opposite direction and about the same
 * thing: it is at the same place, in one that the remedy wrote, or what would mend it writes there or brings the first one
 * back. A lower tier may well make a gate elsewhere needless; that is news, and no contradiction.
 */
function contradicts(first: Spoken, patch: readonly PatchOperation[], after: Agent, second: Spoken): boolean {
  const about = [placeOf(first), ...touchesOf(patch)];
  if (overlap([placeOf(second)], about)) return true;
  return remediesOf(second).some(
    (remedy) =>
      overlap(touchesOf(remedy), touchesOf(patch)) ||
      [...spoken(patchedAgent(after, remedy), [first.rule]).values()].some((again) =>
        overlap([placeOf(again)], [placeOf(first)]),
      ),
  );
}

/** Follows the help of the findings, one at a time, or of some of them; how many ways that were. */
function follow(root: Agent, turn?: number): number {
  const before = spoken(root, directed);
  const ways = [...before].flatMap(([key, first]) => remediesOf(first).map((patch) => ({ key, first, patch })));
  const tried = turn === undefined ? ways : someOf(ways, turn);
  for (const { key, first, patch } of tried) {
    const after = patchedAgent(root, patch);
    const faulty = (fault: string) => expect({ fault, of: key, patch }).toEqual({ manifest: root.manifest });
    for (const [other, second] of spoken(after, [first.rule, ...(first.rule.direction === 'under' ? over : under)])) {
      if (other === key && isStill(first, second)) faulty('it is still there');
      if (second.rule.direction === first.rule.direction || before.has(other)) continue;
      // Less control never uncovers that there is too little of it, anywhere.
      if (first.rule.direction === 'over' || contradicts(first, patch, after, second)) faulty(`it brings ${other}`);
    }
  }
  return tried.length;
}

test('following the help of a finding mends it, and never triggers the opposite one', () => {
  let tried = 0;
  holds(fc.tuple(troubled, turns), ([manifest, turn]) => {
    tried += follow(agentOf(manifest), turn);
  });
  expect(tried).toBeGreaterThan(0);
});

test.each(directed.map((rule) => [rule.id, rule] as const))(
  'nor does that of any finding in the examples of %s',
  (_, rule) => {
    const texts = [...rule.examples.bad.map(({ manifest }) => manifest), ...rule.examples.good];
    for (const root of texts.flatMap(load)) follow(root);
  },
);

/** Options of a container move up when one of them goes, so that the next one may stand in its place. */
const isStill = (first: Spoken, now: Spoken): boolean => now.found.message === first.found.message;

test(`following the help of every finding ends within ${MOST_ROUNDS} rounds with none of too little or too much control`, () => {
  const rounds: number[] = [];
  holds(troubled, (manifest) => {
    let root = agentOf(manifest);
    let left = spoken(root, directed);
    let round = 0;
    for (; left.size > 0 && round < MOST_ROUNDS; round++) {
      root = patchedAgent(root, batchOf([...left.values()]));
      left = spoken(root, directed);
    }
    rounds[round] = (rounds[round] ?? 0) + 1;
    const faults = agentsOf(root).flatMap((agent) => nameFaults(agent.manifest).map(({ message }) => message));
    if (left.size + faults.length > 0) expect({ left: [...left.keys()], faults }).toEqual({ manifest });
  });
  const took = Object.entries(rounds).map(([round, times]) => `${round}: ${times}`);
  console.info(`cases by the rounds that they took: ${took.join(', ')}`);
  expect(rounds.length).toBeGreaterThan(1);
});

/** Remedies that do not get in each other's way, as one change; the others have their turn in the next round. */
function batchOf(items: readonly Spoken[]): PatchOperation[] {
  const patch: PatchOperation[] = [];
  for (const item of items) {
    const [remedy = []] = remediesOf(item);
    if (!overlap(touchesOf(remedy), touchesOf(patch))) patch.push(...remedy);
  }
  return patch;
}
