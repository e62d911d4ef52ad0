import { afterAll, expect, test } from 'vitest';
import { note } from '../figures.ts';
import { ATTACKS, type Attack, type Attempts, attemptsIn, LAST } from './attacks.ts';
import { type Came, type Cell, cameOf, judge } from './judge.ts';
import { SANDBOXES } from './sandboxes.ts';
import { type Sandbox, type Scene, sceneOf, TIERS, type Tier } from './scene.ts';

const cells = new Map<string, Cell>();
const cases = SANDBOXES.flatMap((sandbox) => TIERS.map((tier) => [sandbox.target, tier, sandbox] as const));

/** Two sessions, each with a limit of its own. */
const LIMIT = { timeout: 600_000 };

test.each(cases)(
  '%s at %s: what is listed works, and nothing else comes through',
  LIMIT,
  async (target, tier, sandbox) => {
    const held = await tried(sandbox, tier, true);
    const open = await tried(sandbox, tier, false);
    const judged = Object.entries(held.attempts).map(([name, { expected }]): [string, Cell] => {
      const cell = judge(held.scene, expected, name as Attack, held.came, open.came);
      cells.set([target, name, tier].join(), cell);
      return [name, cell];
    });
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.filter(([, { word }]) => word === 'FAILED')).toEqual([]);
    // Nothing but a network of a cluster is out of reach here; an attack that fails by itself proves nothing.
    const unproven = judged.filter(([, { word }]) => word === 'not proven').map(([name]) => `${target}: ${name}`);
    expect(unproven.filter((one) => one !== 'kubernetes: reach a listed host')).toEqual([]);
  },
);

async function tried(
  sandbox: Sandbox,
  tier: Tier,
  held: boolean,
): Promise<{ scene: Scene; attempts: Attempts; came: Came }> {
  const scene = sceneOf(sandbox, tier);
  try {
    const attempts = attemptsIn(sandbox, scene);
    const shown = await sandbox.run(scene, [...Object.values(attempts).flatMap(({ parts }) => parts), LAST], held);
    // One that ends the shell would leave those after it untried, which looks like a refusal.
    if (!LAST.came(shown.said, [])) throw new Error(`not all was tried: ${shown.said}`);
    return { scene, attempts, came: cameOf(attempts, shown) };
  } finally {
    scene.workspace.remove();
  }
}

afterAll(() => {
  for (const { target } of SANDBOXES)
    for (const attack of ATTACKS) {
      const at = TIERS.map((tier) => [tier, cells.get([target, attack, tier].join())] as const);
      const tried = at.flatMap(([, cell]) => cell ?? []);
      if (tried.length === 0) continue;
      const words = Object.fromEntries(at.map(([tier, cell]) => [tier, cell?.word ?? '-']));
      const control = `${tried.filter((cell) => cell.control).length}/${tried.length}`;
      note('containment', { target, attempt: attack, ...words, control });
      for (const because of new Set(tried.flatMap((cell) => cell.because || [])))
        note('contained-not', { target, attempt: attack, because: shortened(because) });
    }
});

/** Whole in the `LOSSES.md` of the bundle. */
function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
