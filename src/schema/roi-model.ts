import {
  ROI_ALTERNATIVES,
  ROI_MEASURES,
  type RoiCalls,
  type RoiFacts,
  type RoiModel,
  type RoiPlan,
  type RoiRange,
} from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { TIERS } from '../model/tiers.ts';
import { flag, type JsonSchema, oneOf, whole } from './json-schema.ts';

const amount = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const perhaps = (description: string): JsonSchema => ({ type: ['number', 'null'], minimum: 0, description });
const share = (description: string): JsonSchema => ({ type: 'number', minimum: 0, maximum: 1, description });
const maybe = (description: string) => oneOf(['yes', 'maybe', 'no'], description);

const calls = (description: string) =>
  whole<RoiCalls>(description, {
    stated: amount('Calls a day of tools that state them.'),
    unstated: amount('Tools that state none.'),
    maybeStated: amount('Calls a day of tools that belong here only if an open fact turns out badly.'),
    maybeUnstated: amount('Such tools that state none.'),
  });

const range = (description: string) =>
  whole<RoiRange>(description, {
    low: amount('The least.'),
    likely: amount('The likeliest.'),
    high: amount('The most.'),
  });

const facts = whole<RoiFacts>('What the manifest says that bears on money.', {
  actions: calls('High-stakes writes that do not run what the caller supplies.'),
  commands: calls('Tools that run what the caller supplies.'),
  undoable: calls('Writes that can be undone.'),
  hijack: maybe("Whether strangers' text can steer it to a high-stakes call."),
  disclosure: maybe('Whether it has a disclosure path.'),
  disclosed: oneOf(['confidential', 'regulated'], 'The most sensitive data that a disclosure path can carry out.'),
  longLived: whole<RoiFacts['longLived']>('Live credentials that live longer than an hour.', {
    surely: amount('That do.'),
    maybe: amount('That may.'),
  }),
  actionCap: perhaps('The most that a day of high-stakes calls can cost; null: something is not bounded.'),
  callUsd: perhaps('The most that one call of the dearest tool costs; null: nothing bounds it.'),
  callCap: perhaps('The most calls a day of tools that cost money; null: not capped.'),
  usdPerDay: perhaps('`limits.usdPerDay`; null: not declared.'),
  toolUsdPerDay: perhaps('`limits.toolUsdPerDay`; null: not declared.'),
  staged: flag('Whether nothing of production is in reach.'),
});

const plan = whole<RoiPlan>('An option as the simulation sees it.', {
  id: oneOf([...TIERS, ...ROI_ALTERNATIVES], 'The option.'),
  measures: { type: 'array', items: oneOf(ROI_MEASURES, 'One measure.'), description: 'What is built for it.' },
  gated: calls('Calls that ask a person.'),
  byHand: calls('Calls that people make instead.'),
  promoted: calls('Writes that a person carries from staging to production.'),
  seen: whole<RoiPlan['seen']>('Share of what can go wrong that the gates see.', {
    actions: share('Of high-stakes writes.'),
    commands: share('Of tools that run what the caller supplies.'),
    hijack: share('1: every door of somebody who steers the agent is watched.'),
    disclosure: share('1: every exit of a disclosure path is watched.'),
    undoable: share('Of writes that can be undone.'),
  }),
});

export const roiModel: JsonSchema = whole<RoiModel>('All that the simulation takes, for a page that runs it again.', {
  facts,
  plans: { type: 'array', items: plan, description: 'The options.' },
  inputs: whole<Record<RoiInput, RoiRange>>(
    'Every input.',
    Object.fromEntries(
      ROI_INPUT_NAMES.map((name) => [name, range(`${ROI_INPUTS[name].about} (${ROI_INPUTS[name].unit})`)]),
    ) as Record<RoiInput, JsonSchema>,
  ),
});
