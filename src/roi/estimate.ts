import { openQuestions } from '../assess/questions.ts';
import { reachOf } from '../assess/reach.ts';
import { isStagingOnly } from '../assess/stage.ts';
import { walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { RoiModel, RoiOption, RoiRange, RoiResult, RoiSource } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { asksOf } from './asks.ts';
import { DEFAULTS } from './assumptions.ts';
import { decisionOf, differenceOf } from './decision.ts';
import { factsOf, readingOf } from './facts.ts';
import { inferenceOf } from './inference.ts';
import { optionDocs } from './options.ts';
import { plansOf } from './plans.ts';
import type { PriceList } from './prices/define.ts';
import { PRICES } from './prices.ts';
import { bearing } from './relevant.ts';
import { type Drawing, simulate } from './simulate.ts';
import { swingsOf } from './swings.ts';

/** What somebody says instead of the defaults. */
export interface Given {
  inputs: Partial<Record<RoiInput, RoiRange & RoiSource>>;
  prices: readonly PriceList[];
}

/** How many inputs are asked for and can be moved on a page. */
const MOST_MOVED = 5;

/** What each option costs and avoids for an agent with all its subagents, each counted once. Pure. */
export function estimate(root: Agent, { inputs: given, prices }: Given, drawing: Drawing): RoiResult {
  const reach = reachOf(root);
  const walks = { best: walk(reach, 'best'), worst: walk(reach, 'worst') };
  const reading = readingOf(reach, walks, isStagingOnly(root, reach));
  const inputs = Object.fromEntries(
    ROI_INPUT_NAMES.map((name) => [name, rangeOf(given[name] ?? DEFAULTS[name])]),
  ) as RoiModel['inputs'];
  const model: RoiModel = { facts: factsOf(reading), plans: plansOf(root, reading), inputs };
  const { baseline, outcomes } = simulate(model, drawing);
  const options = outcomes.map((outcome, index): RoiOption => {
    return { ...optionDocs(outcome.id), measures: model.plans[index]?.measures ?? [], ...outcome };
  });
  const { tier } = walks.worst;
  const best = options.reduce((a, b) => (b.net.mean > a.net.mean ? b : a));
  const assigned = options.find(({ id }) => id === tier) ?? best;
  const choice = best.net.mean > 0 ? best : null;
  const named = new Set(ROI_INPUT_NAMES.filter((name) => given[name] !== undefined));
  const swingsFor = (id: RoiOption['id']) => {
    const plan = model.plans.find((each) => each.id === id);
    return plan ? swingsOf(model, plan, named) : [];
  };
  const swings = swingsFor((choice ?? assigned).id);
  const inference = inferenceOf(reach.agents, reach.pairs, inputs, [...prices, ...PRICES], drawing);
  const view = {
    root,
    tier,
    staged: reading.staged,
    highStakes: reading.worst.highStakes.size,
    options,
    choice,
    assigned,
  };
  return {
    file: root.file,
    document: root.document,
    agent: root.id,
    name: root.manifest.agent.name ?? root.id,
    tier,
    best: choice?.id ?? null,
    decision: decisionOf(view),
    difference: differenceOf(view),
    baseline,
    options,
    swings,
    tierSwings: choice && choice !== assigned ? swingsFor(tier) : [],
    whatIf: swings.slice(0, MOST_MOVED).map(({ input }) => input),
    inference,
    assumptions: bearing(model, inference).map((input) => {
      const { about, unit } = ROI_INPUTS[input];
      const { low, likely, high, source, date } = given[input] ?? DEFAULTS[input];
      return { input, about, unit, low, likely, high, source, date, isDefault: !named.has(input) };
    }),
    asks: asksOf({ reading, inference, swings: swings.slice(0, MOST_MOVED), questions: openQuestions(reach) }),
    model,
  };
}

const rangeOf = ({ low, likely, high }: RoiRange): RoiRange => ({ low, likely, high });
