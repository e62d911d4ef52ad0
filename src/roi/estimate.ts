import { openQuestions } from '../assess/questions.ts';
import { reachOf } from '../assess/reach.ts';
import { isStagingOnly } from '../assess/stage.ts';
import { walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import { ROI_MONTHS, type RoiModel, type RoiOption, type RoiRange, type RoiResult } from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS } from '../model/roi-inputs.ts';
import { asksOf } from './asks.ts';
import { DEFAULTS } from './assumptions.ts';
import { bestOf, decisionOf, differenceOf } from './decision.ts';
import { expectedNet, means } from './expected.ts';
import { factsOf, readingOf } from './facts.ts';
import type { Given } from './given.ts';
import { inferenceOf } from './inference.ts';
import { optionDocs } from './options.ts';
import { plansOf } from './plans.ts';
import { PRICES } from './prices.ts';
import { bearing } from './relevant.ts';
import { type Drawing, simulate } from './simulate.ts';
import { swingsOf } from './swings.ts';

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
  const atMeans = means(model);
  const options = model.plans.flatMap((plan, index): RoiOption[] => {
    const outcome = outcomes[index];
    const netAtMeans = expectedNet(model.facts, atMeans, plan, ROI_MONTHS / 12);
    return outcome ? [{ ...optionDocs(plan.id), measures: plan.measures, netAtMeans, ...outcome }] : [];
  });
  const { tier } = walks.worst;
  const choice = bestOf(options);
  const asked = reading.staged ? 'staging-only' : tier;
  const assigned = options.find(({ id }) => id === asked) as RoiOption;
  const named = new Set(ROI_INPUT_NAMES.filter((name) => given[name] !== undefined));
  const swingsFor = (id: RoiOption['id']) => {
    const plan = model.plans.find((each) => each.id === id);
    return plan ? swingsOf(model, plan, named) : [];
  };
  const swings = swingsFor((choice ?? assigned).id);
  const inference = inferenceOf(reach.agents, reach.pairs, inputs, [...prices, ...PRICES], drawing);
  const view = { choice, assigned };
  const movable = swings.filter(({ input }) => inputs[input].likely > 0).slice(0, MOST_MOVED);
  return {
    file: root.file,
    document: root.document,
    agent: root.id,
    name: root.manifest.agent.name ?? root.id,
    tier,
    assigned: asked,
    best: choice?.id ?? null,
    decision: decisionOf(view),
    difference: differenceOf({ ...view, highStakes: walks.worst.highStakes.size, tier }),
    baseline,
    options,
    swings,
    tierSwings: choice && choice !== assigned ? swingsFor(asked) : [],
    whatIf: movable.map(({ input }) => input),
    inference,
    assumptions: bearing(model, inference).map((input) => {
      const { about, unit } = ROI_INPUTS[input];
      const { low, likely, high, source, date } = given[input] ?? DEFAULTS[input];
      return { input, about, unit, low, likely, high, source, date, isDefault: !named.has(input) };
    }),
    asks: asksOf({ reading, inference, swings: movable, questions: openQuestions(reach) }),
    model,
  };
}

const rangeOf = ({ low, likely, high }: RoiRange): RoiRange => ({ low, likely, high });
