import { afterAll, expect, test } from 'vitest';
import { note } from '../figures.ts';
import { ATTACKS, type Attack, type Attempts, attemptsIn } from './attacks.ts';
import { type Came, type Cell, cameOf, judge } from './judge.ts';
import { SANDBOXES } from './sandboxes.ts';
import { type Sandbox, type Scene, sceneOf, TIERS, type Tier } from './scene.ts';

const cells = new Map<string, Cell>();
const cases = SANDBOXES.flatMap((sandbox) => TIERS.map((tier) => [sandbox.target, tier, sandbox] as const));

test.each(cases)('%s at %s: what is listed works, and nothing else comes through', async (target, tier, sandbox) => {
  const held = await tried(sandbox, tier, true);
  const open = await tried(sandbox, tier, false);
  const judged = Object.entries(held.attempts).map(([name, { expected }]): [string, Cell] => {
    const cell = judge(held.scene, expected, name as Attack, held.came, open.came);
    cells.set([target, name, tier].join(), cell);
    return [name, cell];
  });
  expect(judged.length).toBeGreaterThan(0);
  expect(judged.filter(([, { word }]) => word === 'otherwise')).toEqual([]);
  // Nothing but a network of a cluster is out of reach here; an attack that fails by itself proves nothing.
  const unproven = judged.filter(([, { word }]) => word === 'not proven').map(([name]) => `${target}: ${name}`);
  expect(unproven.filter((one) => one !== 'kubernetes: reach a listed host')).toEqual([]);
});

async function tried(
  sandbox: Sandbox,
  tier: Tier,
  held: boolean,
): Promise<{ scene: Scene; attempts: Attempts; came: Came }> {
  const scene = sceneOf(sandbox, tier);
  try {
    const attempts = attemptsIn(sandbox, scene);
    const parts = Object.values(attempts).flatMap((one) => one.parts);
    return { scene, attempts, came: cameOf(attempts, await sandbox.run(scene, parts, held)) };
  } finally {
    scene.workspace.remove();
  }
}

afterAll(() => {
  for (const { target } of SANDBOXES)
    for (const attack of ATTACKS) {
      const at = TIERS.map((tier) => [tier, cells.get([target, attack, tier].join())] as const);
      if (at.every(([, cell]) => cell === undefined)) continue;
      note('containment', {
        target,
        attempt: attack,
        ...Object.fromEntries(at.map(([tier, cell]) => [tier, cell?.word ?? '-'])),
      });
      for (const because of new Set(at.flatMap(([, cell]) => cell?.because || [])))
        note('contained-not', { target, attempt: attack, 'what is said of it': because });
    }
});
