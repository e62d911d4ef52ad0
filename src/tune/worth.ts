import { accessOf } from '../assess/describe.ts';
import { type Pair, reachOf } from '../assess/reach.ts';
import { isStagingOnly } from '../assess/stage.ts';
import { walk } from '../assess/walk.ts';
import { patchedAgent } from '../manifest/patch.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import { ROI_SCENARIOS, type RoiFacts, type RoiModel, type RoiPlan } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS } from '../model/roi-inputs.ts';
import type { TuneNet } from '../model/tune.ts';
import { DEFAULTS } from '../roi/assumptions.ts';
import { callsOfPairs, shareOf } from '../roi/calls.ts';
import { expectedNet, means, quantileOf } from '../roi/expected.ts';
import { factsOf, readingOf } from '../roi/facts.ts';
import type { Given } from '../roi/given.ts';
import { lossOf } from '../roi/net.ts';
import { plansOf } from '../roi/plans.ts';
import { randomOf } from '../roi/random.ts';
import { spreadOf } from '../roi/spread.ts';
import { lossInput, type Values, yearOf } from '../roi/year.ts';
import { pointerOf } from '../source/pointer.ts';
import { put } from './change.ts';
import type { Observed } from './observe.ts';
import { LEAST_CALLS } from './thresholds.ts';

const DRAWS = 1000;
const SEED = 1;

/**
 * What a change is worth a year: what the agent costs as its manifest runs it (losses that are left, and running its controls),
 * less the same after the change, under the same thousand draws of what is not known. Volumes are those of the records.
 */
export function startPricing(
  { agents }: Pick<Observed, 'agents'>,
  given: (agent: string) => Given,
): (before: Agent, after: Agent) => TuneNet {
  const draws = new Map<string, Values[]>();
  const known = new WeakMap<Agent, Float64Array>();
  const costs = (root: Agent): Float64Array => {
    const own = draws.get(root.id) ?? drawn(given(root.id));
    draws.set(root.id, own);
    const found = known.get(root) ?? costsOf(recorded(root, agents), own);
    known.set(root, found);
    return found;
  };
  return (before, after) => {
    const [old, now] = [costs(before), costs(after)];
    const { p10, p50, p90 } = spreadOf(old.map((usd, index) => usd - (now[index] ?? 0)));
    return { p10: Math.round(p10), p50: Math.round(p50), p90: Math.round(p90) };
  };
}

function drawn({ inputs }: Given): Values[] {
  const model: Pick<RoiModel, 'inputs'> = { inputs: { ...DEFAULTS, ...inputs } };
  const fixed = means(model);
  const moving = ROI_INPUT_NAMES.filter((name) => ROI_INPUTS[name].drawn === 'year').map((name) => ({
    name,
    quantile: quantileOf(name, model),
    random: randomOf(SEED, name),
  }));
  return Array.from({ length: DRAWS }, () => {
    const values = { ...fixed };
    for (const { name, quantile, random } of moving) values[name] = quantile(random());
    return values;
  });
}

/** The manifests with the calls a day that were recorded: better known than what was expected. */
function recorded(root: Agent, uses: Observed['agents']): Agent {
  const patch = agentsOf(root).flatMap((agent) => {
    const use = uses.get(agent.id);
    const days = new Set([...(use?.days.values() ?? [])].flatMap((own) => [...own.keys()])).size;
    if (use === undefined || days === 0 || use.calls < LEAST_CALLS) return [];
    return Object.keys(agent.manifest.tools).map((tool) => {
      const wanted = [...(use.tools.get(tool)?.wanted.values() ?? [])].reduce((sum, count) => sum + count, 0);
      return put(agent, pointerOf('tools', tool, 'callsPerDay'), wanted / days);
    });
  });
  return patchedAgent(root, patch);
}

function costsOf(root: Agent, draws: readonly Values[]): Float64Array {
  const { facts, plan } = asItRuns(root);
  return Float64Array.from(draws, (values) => {
    const year = yearOf(facts, values);
    let losses = 0;
    for (const scenario of ROI_SCENARIOS)
      losses += year.events[scenario] * lossOf(facts, year, scenario, values[lossInput(facts, scenario)]);
    // What was built is built: over endless years it costs nothing more.
    return losses - expectedNet(facts, values, plan, Number.POSITIVE_INFINITY);
  });
}

/** The controls of its tier, with the gates that the manifest has and not those that the tier asks for. */
function asItRuns(root: Agent): { facts: RoiFacts; plan: RoiPlan } {
  const reach = reachOf(root);
  const walks = { best: walk(reach, 'best'), worst: walk(reach, 'worst') };
  const { worst } = walks;
  const reading = readingOf(reach, walks, isStagingOnly(root, reach));
  const [first] = plansOf(root, reading);
  const tier = plansOf(root, reading).find(({ id }) => id === worst.tier) ?? first;
  if (tier === undefined) throw new Error('the cost model has no option for a tier');
  const asking = (pair: Pair) => accessOf(pair, worst) === 'ask';
  const gated = reach.pairs.filter(asking);
  const others = tier.measures.filter((measure) => measure !== 'gates');
  const dangers = [...reading.actions, ...reading.commands];
  const exits = worst.disclosure?.exits ?? [];
  return {
    facts: factsOf(reading),
    plan: {
      ...tier,
      measures: gated.length > 0 ? [...others, 'gates'] : others,
      gated: callsOfPairs(gated, () => true),
      seen: {
        actions: shareOf(reading.actions, asking),
        commands: shareOf(reading.commands, asking),
        hijack: gated.length > 0 && dangers.every(asking) ? 1 : 0,
        disclosure: gated.length > 0 && exits.every(asking) ? 1 : 0,
        undoable: shareOf(reading.undoable, asking),
      },
    },
  };
}
