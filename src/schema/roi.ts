import {
  ROI_ADDED,
  ROI_ALTERNATIVES,
  ROI_AVOIDED,
  ROI_MEASURES,
  ROI_MONTHS,
  ROI_SCENARIOS,
  type RoiAsk,
  type RoiAssumption,
  type RoiBill,
  type RoiInference,
  type RoiMonth,
  type RoiOption,
  type RoiReport,
  type RoiResult,
  type RoiSaving,
  type RoiSimulation,
  type RoiSpread,
  type RoiSwing,
} from '../model/roi.ts';
import { ROI_INPUT_NAMES, ROI_UNITS } from '../model/roi-inputs.ts';
import { TIERS } from '../model/tiers.ts';
import { flag, type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { placeKeys, problem } from './problem.ts';
import { roiModel } from './roi-model.ts';

const number = (description: string): JsonSchema => ({ type: 'number', description });
const every = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const orNull = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  anyOf: [schema, { type: 'null' }],
});
const by = (keys: readonly string[], description: string): JsonSchema => ({
  type: 'object',
  description,
  properties: Object.fromEntries(keys.map((key) => [key, { type: 'number' }])),
  required: keys,
  additionalProperties: false,
});

const OPTIONS = [...TIERS, ...ROI_ALTERNATIVES];
const input = oneOf(ROI_INPUT_NAMES, 'Name of the input, as in `stakes.roi.yaml`.');
const unit = oneOf(Object.keys(ROI_UNITS), 'Its unit.');
const about = text('What the input is.');
const agent = text('Id of the agent.');
const isDefault = flag('Whether it is a default of Stakes; false: it comes from `stakes.roi.yaml`.');

const deciles = {
  mean: number('The mean.'),
  p10: number('One simulated future in ten is below.'),
  p50: number('One in two is below.'),
  p90: number('Nine in ten are below.'),
};
const spread = (description: string) => whole<RoiSpread>(description, deciles);

const month = whole<RoiMonth>('Cumulative net benefit at the end of a month.', {
  month: { type: 'integer', minimum: 0, maximum: ROI_MONTHS, description: '0: the day on which it is built.' },
  ...deciles,
});

const option = whole<RoiOption>('One tier or one alternative.', {
  id: oneOf(OPTIONS, 'The option.'),
  kind: oneOf(['tier', 'alternative'], 'Whether it is a tier of the tree.'),
  title: text('Its name for people.'),
  summary: text('What it is, in words.'),
  measures: every('What is built for it.', oneOf(ROI_MEASURES, 'One measure.')),
  netAtMeans: number('Expected net with every input at its mean: where the swings begin.'),
  net: spread('Net benefit in US dollars a year, the cost of building spread over the simulated months.'),
  avoided: spread('What it avoids, in US dollars a year.'),
  added: spread('What it costs, in US dollars a year.'),
  avoidedBy: by(ROI_AVOIDED, 'What it avoids, by what; means.'),
  addedBy: by(ROI_ADDED, 'What it costs, by what; means. `build` is spread over the simulated months.'),
  incidentsBy: by(ROI_SCENARIOS, 'Losses that it avoids, by kind of incident; means.'),
  approvalsPerDay: spread('Approvals a day.'),
  catchRate: spread('Share of bad calls that a person who answers so many stops.'),
  breakEvenMonth: {
    type: ['integer', 'null'],
    description: 'First month at whose end the mean is not below zero; null: none that was simulated.',
  },
  paysBackInYear: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Share of the simulated futures in which it has paid back after twelve months.',
  },
  months: every('The cumulative net benefit, month by month.', month),
});

const swing = whole<RoiSwing>('One input at a time at its P10 and at its P90, all others at their mean.', {
  input,
  about,
  unit,
  low: number('Its P10.'),
  high: number('Its P90.'),
  netAtLow: number('Expected net of the option with it at its P10.'),
  netAtHigh: number('The same at its P90.'),
  isDefault,
});

const assumption = whole<RoiAssumption>('An input that bears on this agent.', {
  input,
  about,
  unit,
  low: number('The least it can be.'),
  likely: number('The likeliest value; for a loss of one event, the median.'),
  high: number('The most it can be.'),
  source: text('Where it comes from; `judgement` where nothing public says it.'),
  date: { type: 'string', description: 'Day, month or year of the source; empty: it states none.' },
  isDefault,
});

const ask = whole<RoiAsk>('Something nobody has stated and the result depends on.', {
  id: text('Name of the input, or the agent with a JSON Pointer into its manifest.'),
  text: text('The question, in words.'),
});

const price = whole<NonNullable<RoiBill['price']>>('US dollars for a million tokens.', {
  input: number('Input tokens.'),
  output: number('Output tokens.'),
  source: text('Where the price was read.'),
  asOf: text('The day on which it was read.'),
});

const bill = whole<RoiBill>('What the model of one agent costs.', {
  agent,
  model: text('`provider/id`.'),
  price: orNull('What it costs; null: no list has it.', price),
  usdPerYear: orNull('US dollars a year; null: the price is not known.', spread('Of the simulated futures.')),
});

const saving = whole<RoiSaving>('What one change to how a model is called saves, by itself.', {
  id: oneOf(['narrower-tools', 'smaller-context', 'smaller-model'], 'The change.'),
  agent,
  text: text('The change, in words.'),
  usdPerYear: spread('US dollars a year.'),
});

const baseline = whole<RoiSimulation['baseline']>('With no control at all.', {
  incidents: spread('Losses in US dollars a year.'),
  incidentsBy: by(ROI_SCENARIOS, 'Expected loss a year, by kind of incident.'),
  eventsBy: by(ROI_SCENARIOS, 'Expected loss events a year, by kind of incident.'),
});

const result = whole<RoiResult>('One agent with all its subagents, each counted once.', {
  file: placeKeys.file,
  document: placeKeys.document,
  agent,
  name: text('Its name for people; the id where it has none.'),
  tier: oneOf(TIERS, 'The tier that the tree assigns.'),
  assigned: oneOf(OPTIONS, 'What it asks for now: the tier, or staging only where nothing of production is in reach.'),
  best: { enum: [...OPTIONS, null], description: 'The option with the best expected net; null: none is above zero.' },
  decision: text('The decision, in one sentence.'),
  difference: every('Why best option and tier differ; empty: they do not.', text('One reason.')),
  baseline,
  options: every('The tiers, then the alternatives.', option),
  swings: every('What matters most for the best option (`assigned` where there is none), the widest first.', swing),
  tierSwings: every('The same for `assigned`; empty where it is the best.', swing),
  whatIf: every('The inputs that matter most.', input),
  inference: whole<RoiInference>('What the models cost.', {
    bills: every('By agent.', bill),
    savings: every('The largest first; they overlap, so that they do not add up.', saving),
  }),
  assumptions: every('Every input that bears on this agent.', assumption),
  asks: every('What nobody has stated.', ask),
  model: roiModel,
});

/** `schemas/roi.schema.json`: what `stakes roi --format json` writes. */
export const roiSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:roi:1',
  title: 'Stakes cost model',
  ...whole<RoiReport>('What each tier and each alternative avoids and costs.', {
    schema: { const: 'stakes/roi@1', description: 'Version of this format; additions keep it.' },
    seed: { type: 'integer', minimum: 0, description: 'The same seed draws the same futures.' },
    draws: { type: 'integer', minimum: 1, description: 'Simulated futures.' },
    months: { const: ROI_MONTHS, description: 'Months of each.' },
    against: text('What everything is compared with.'),
    results: every('One result an agent.', result),
    counted: every(
      'Agents that are counted with one that starts them.',
      whole<RoiReport['counted'][number]>('One of them.', { agent, with: text('Id of the agent that starts it.') }),
    ),
    errors: every('Inputs that could not be read.', problem),
  }),
};
