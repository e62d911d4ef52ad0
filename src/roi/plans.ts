import { isBounded } from '../assess/bounded.ts';
import { requiredAt } from '../assess/controls.ts';
import type { Pair } from '../assess/reach.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Control } from '../model/controls.ts';
import { ROI_ALTERNATIVES, ROI_MEASURES, type RoiAlternative, type RoiMeasure, type RoiPlan } from '../model/roi.ts';
import { TIERS, type Tier } from '../model/tiers.ts';
import { callsOfPairs, shareOf } from './calls.ts';
import type { Reading } from './facts.ts';

/** What is built for a control. */
const MEASURE_OF: Record<Control, RoiMeasure> = {
  sandbox: 'sandbox',
  'rate-limit': 'limits',
  'token-budget': 'limits',
  'spend-cap': 'spend',
  'loop-limit': 'spend',
  'scoped-tokens': 'tokens',
  'audit-log': 'records',
  'approval-gates': 'gates',
  'deny-by-default': 'deny',
  'egress-allowlist': 'deny',
  'signed-audit': 'signed',
  'staging-boundary': 'staging',
};

const ALTERNATIVES: Record<RoiAlternative, readonly RoiMeasure[]> = {
  'hard-sandbox': ['isolation', 'limits'],
  'spend-limits': ['spend'],
  'staging-only': ['staging', 'limits'],
  'confirm-writes': ['gates'],
};

/** Every tier with the controls that it asks of this agent, and every cheaper alternative. */
export function plansOf(root: Agent, reading: Reading): RoiPlan[] {
  const { reach, worst } = reading;
  const tiers = TIERS.map((tier) => {
    const required = requiredAt(tier, { root, reach, worst, tier, staging: false }).map(({ id }) => MEASURE_OF[id]);
    return planOf(tier, required, reading);
  });
  const light = tiers[0]?.measures ?? [];
  const wanted = (id: RoiAlternative) =>
    // What the tree asks for while nothing of production is in reach: the boundary with the light controls.
    id === 'staging-only' && reading.staged ? [...ALTERNATIVES[id], ...light] : ALTERNATIVES[id];
  return [...tiers, ...ROI_ALTERNATIVES.map((id) => planOf(id, wanted(id), reading))];
}

function planOf(id: RoiPlan['id'], wanted: readonly RoiMeasure[], reading: Reading): RoiPlan {
  const { reach, worst, actions, commands, undoable } = reading;
  const gated = new Set(wanted.includes('gates') ? reach.pairs.filter((pair) => asks(id, pair, reading)) : []);
  const credentials = reach.agents.some(({ manifest }) => Object.keys(manifest.credentials ?? {}).length > 0);
  const needed = (measure: RoiMeasure) =>
    wanted.includes(measure) && (measure !== 'gates' || gated.size > 0) && (measure !== 'tokens' || credentials);
  const asking = (pair: Pair) => gated.has(pair);
  const exits = worst.disclosure?.exits ?? [];
  const loose = [...actions, ...commands].filter((pair) => !asking(pair) && !isBounded(pair, worst));
  const isolated = wanted.includes('isolation') ? reach.pairs.filter((pair) => leaves(pair, reading)) : [];
  const staged = wanted.includes('staging') ? [...actions, ...commands, ...undoable] : [];
  return {
    id,
    measures: ROI_MEASURES.filter(needed),
    gated: callsOfPairs([...gated], () => true),
    byHand: callsOfPairs(isolated, () => true),
    promoted: callsOfPairs(staged, () => true),
    seen: {
      actions: shareOf(actions, asking),
      commands: shareOf(commands, asking),
      // Whoever steers the agent takes the door that nobody watches.
      hijack: gated.size > 0 && loose.length === 0 ? 1 : 0,
      disclosure: gated.size > 0 && exits.every(asking) ? 1 : 0,
      undoable: shareOf(undoable, asking),
    },
  };
}

function asks(id: RoiPlan['id'], pair: Pair, { worst }: Reading): boolean {
  if (isTier(id)) return worst.highStakes.has(pair) && (id !== 'full' || !isBounded(pair, worst));
  return pair.writes.worst;
}

const isTier = (id: RoiPlan['id']): id is Tier => TIERS.some((tier) => tier === id);

/** Has no place in a hard sandbox: a high-stakes write, or a way out. */
function leaves(pair: Pair, { worst }: Reading): boolean {
  return (worst.highStakes.has(pair) && pair.writes.worst) || (worst.disclosure?.exits.includes(pair) ?? false);
}
