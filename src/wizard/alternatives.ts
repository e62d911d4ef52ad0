import { GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { reachOf } from '../assess/reach.ts';
import { lower, type Walk, walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Reading } from './reading.ts';
import { everyManifest } from './tree.ts';

/** Something that serves better, or comes first, where it fits. */
export interface Alternative {
  id: (typeof ALTERNATIVES)[number];
  title: string;
  text: string;
}

export const ALTERNATIVES = [
  'cap-the-spend',
  'check-the-answers',
  'hard-sandbox',
  'stay-in-staging',
  'confirm-each-write',
] as const;

type Outline = Pick<Reading, 'ceiling' | 'isStaging'>;

/** Those that fit, the one that answers the feared failure first. */
export function alternativesOf(root: Agent, worst: Walk, outline: Outline): Alternative[] {
  const { concern, autonomy } = root.manifest;
  const found: Alternative[] = [];
  if (concern === 'cost') {
    const text =
      'a runaway bill is stopped by a cap on dollars and a limit on turns and repeated calls; a permission engine would ask about each call and still let the bill run';
    found.push({ id: 'cap-the-spend', title: 'a spend cap and a loop limiter', text });
  }
  if (concern === 'correctness') {
    const text =
      'wrong answers are not a matter of permission: test it on cases with known answers, give it better sources, and have people read samples of what it says';
    found.push({ id: 'check-the-answers', title: 'correctness work', text });
  }
  if (outline.isStaging) {
    const text =
      'nothing of production is in its reach, so a boundary round it and the light controls are enough for as long as it stays there';
    found.push({ id: 'stay-in-staging', title: 'staging only', text });
  } else if (worst.highStakes.size > 0 && isOnlyCode(worst) && root.manifest.controls?.sandbox === undefined) {
    const text =
      'all that is dangerous about it is code that it runs, and rules cannot tell good code from bad: a sandbox with no network, no live credential and only the folders it needs takes the danger away';
    found.push({ id: 'hard-sandbox', title: 'a hard sandbox', text });
  }
  const volume = autonomy?.actionsPerDay;
  if (volume !== undefined && volume <= GATED_CALLS_A_DAY && lower(confirmedTier(root), outline.ceiling)) {
    const text = `at about ${volume} actions a day a person can say yes to each write (\`review: each-action\`), and the tier falls to ${confirmedTier(root)}`;
    found.push({ id: 'confirm-each-write', title: 'a person confirms every write', text });
  }
  return found;
}

/** Is every high-stakes tool one that runs what it is given? */
function isOnlyCode({ highStakes }: Walk): boolean {
  return [...highStakes].every(({ arbitrary }) => arbitrary.best);
}

/** The tier if a person confirmed every write. */
function confirmedTier(root: Agent): Walk['tier'] {
  const asking = everyManifest(root, (manifest) => ({
    ...manifest,
    autonomy: { ...manifest.autonomy, review: 'each-action' },
    tools: Object.fromEntries(
      Object.entries(manifest.tools).map(([tool, { access, ...facts }]) => [
        tool,
        access === 'deny' ? { ...facts, access } : facts,
      ]),
    ),
  }));
  return walk(reachOf(asking), 'worst').tier;
}
