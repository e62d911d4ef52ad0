/**
 * The cost model: for each agent and each option, costs avoided less costs added, against no control at all.
 *
 * A page can answer "what if" offline: `RoiResult.model` is all that `src/roi/simulate.ts` takes, and that file and what it
 * imports (`net.ts`, `events.ts`, `distributions.ts`, `random.ts`, `spread.ts`, and the tables of this folder) are pure and
 * small, so that a page carries them. The same model, draws and seed give the same numbers to the last digit; a moved slider
 * is a range of `model.inputs` replaced by a point.
 */
import type { Problem } from './place.ts';
import type { RoiInput, RoiUnit } from './roi-inputs.ts';
import type { Tier } from './tiers.ts';

/** What is bought: one measure stands for the controls that are built and kept together. */
export const ROI_MEASURES = [
  'limits',
  'spend',
  'sandbox',
  'isolation',
  'tokens',
  'records',
  'gates',
  'deny',
  'signed',
  'staging',
] as const;
export type RoiMeasure = (typeof ROI_MEASURES)[number];

/** How an agent can cause a loss. */
export const ROI_SCENARIOS = [
  'wrong-action',
  'wrong-command',
  'hijack',
  'disclosure',
  'runaway',
  'leaked-secret',
] as const;
export type RoiScenario = (typeof ROI_SCENARIOS)[number];

/** Cheaper than a tier, and often asked for instead of one. */
export const ROI_ALTERNATIVES = ['hard-sandbox', 'spend-limits', 'staging-only', 'confirm-writes'] as const;
export type RoiAlternative = (typeof ROI_ALTERNATIVES)[number];
export type RoiOptionId = Tier | RoiAlternative;

export const ROI_AVOIDED = ['incidents', 'rework', 'audit', 'rotation'] as const;
export type RoiAvoided = (typeof ROI_AVOIDED)[number];
export const ROI_ADDED = [
  'build',
  'upkeep',
  'infrastructure',
  'approvals',
  'waiting',
  'wrong-denials',
  'hand-work',
] as const;
export type RoiAdded = (typeof ROI_ADDED)[number];

/** Months that are simulated; the cost of building is spread over them. */
export const ROI_MONTHS = 36;

/** A point where the three are equal. */
export interface RoiRange {
  low: number;
  likely: number;
  high: number;
}

/** Calls a day of a set of tools. `maybe`: of tools that belong to the set only if an open fact turns out badly. */
export interface RoiCalls {
  stated: number;
  /** Tools that state no volume. */
  unstated: number;
  maybeStated: number;
  maybeUnstated: number;
}

/** An option as the simulation sees it. */
export interface RoiPlan {
  id: RoiOptionId;
  measures: RoiMeasure[];
  /** Calls that ask a person. */
  gated: RoiCalls;
  /** Calls that people make instead. */
  byHand: RoiCalls;
  /** Writes that a person carries from staging to production. */
  promoted: RoiCalls;
  /** Share of the calls behind a loss, and of writes that can be undone, which the gates see. */
  seen: { actions: number; commands: number; hijack: number; disclosure: number; undoable: number };
}

/** What the manifest says that bears on money. Amounts in US dollars. */
export interface RoiFacts {
  /** High-stakes writes, without those that run what the caller supplies. */
  actions: RoiCalls;
  /** Tools that run what the caller supplies. */
  commands: RoiCalls;
  /** Writes that can be undone. */
  undoable: RoiCalls;
  /** `maybe`: only if an open fact turns out badly. */
  hijack: 'yes' | 'maybe' | 'no';
  disclosure: 'yes' | 'maybe' | 'no';
  /** Of the most sensitive data that a disclosure path can carry out. */
  disclosed: 'confidential' | 'regulated';
  /** Live credentials that live longer than an hour, and those that may. */
  longLived: { surely: number; maybe: number };
  /** The most that a day of high-stakes calls can cost, from their costs and caps; null: something is not bounded. */
  actionCap: number | null;
  /** The most that one call of the dearest tool costs; 0: no tool costs money; null: nothing bounds it. */
  callUsd: number | null;
  /** The most calls of it a day that a policy lets through; null: not capped. */
  callCap: number | null;
  /** `limits.usdPerDay` and `limits.toolUsdPerDay`; null: not declared. */
  usdPerDay: number | null;
  toolUsdPerDay: number | null;
  /** Nothing of production is in reach. */
  staged: boolean;
}

/** All that the simulation takes. */
export interface RoiModel {
  facts: RoiFacts;
  plans: RoiPlan[];
  inputs: Record<RoiInput, RoiRange>;
}

/** US dollars a year, unless it is said otherwise. */
export interface RoiSpread {
  mean: number;
  p10: number;
  p50: number;
  p90: number;
}

/** Cumulative net benefit at the end of a month; month 0 is the day on which the option is built. */
export interface RoiMonth extends RoiSpread {
  month: number;
}

/** What the simulation says of one option. */
export interface RoiOutcome {
  id: RoiOptionId;
  /** Averages over the simulated months, with the cost of building spread over them. */
  net: RoiSpread;
  avoided: RoiSpread;
  added: RoiSpread;
  /** Means. */
  avoidedBy: Record<RoiAvoided, number>;
  addedBy: Record<RoiAdded, number>;
  /** Of `avoidedBy.incidents`: what each kind of incident would have cost, less what it still costs. */
  incidentsBy: Record<RoiScenario, number>;
  /** Approvals a day, and the share of bad calls that a person who answers so many stops. */
  approvalsPerDay: RoiSpread;
  catchRate: RoiSpread;
  /** The first month at whose end the mean of the cumulative net is not below zero; null: not in these months. */
  breakEvenMonth: number | null;
  /** Share of the simulated futures in which it has paid back after twelve months, building included. */
  paysBackInYear: number;
  months: RoiMonth[];
}

export interface RoiSimulation {
  /** Expected loss a year with no control at all, by kind of incident, and what routine work costs there. */
  baseline: { incidents: RoiSpread; incidentsBy: Record<RoiScenario, number>; eventsBy: Record<RoiScenario, number> };
  outcomes: RoiOutcome[];
}

export interface RoiOption extends RoiOutcome {
  kind: 'tier' | 'alternative';
  title: string;
  summary: string;
  measures: RoiMeasure[];
  /** Expected net with every input at its mean: where the swings begin. It is near `net.mean`, and not the same. */
  netAtMeans: number;
}

/** Expected net of an option with one input at its P10 and at its P90, and all others at their mean. */
export interface RoiSwing {
  input: RoiInput;
  about: string;
  unit: RoiUnit;
  low: number;
  high: number;
  netAtLow: number;
  netAtHigh: number;
  isDefault: boolean;
}

/** A source of a number: where it can be read. `judgement` where nothing public says it. */
export interface RoiSource {
  source: string;
  /** Day or year of the source; empty: it states none. */
  date: string;
}

export interface RoiAssumption extends RoiRange, RoiSource {
  input: RoiInput;
  about: string;
  unit: RoiUnit;
  /** False: it comes from `stakes.roi.yaml`. */
  isDefault: boolean;
}

/** Something nobody has stated and that the result depends on. */
export interface RoiAsk {
  /** Name of the input, or `<agent> <pointer>` of the manifest. */
  id: string;
  text: string;
}

/** What one change to how the model is called saves a year. */
export interface RoiSaving {
  id: 'narrower-tools' | 'smaller-context' | 'smaller-model';
  agent: string;
  text: string;
  usdPerYear: RoiSpread;
}

export interface RoiBill {
  agent: string;
  /** `provider/id`. */
  model: string;
  /** US dollars for a million tokens; null: the price is not known. */
  price: { input: number; output: number; source: string; asOf: string } | null;
  usdPerYear: RoiSpread | null;
}

export interface RoiInference {
  bills: RoiBill[];
  savings: RoiSaving[];
}

export interface RoiResult {
  file: string;
  document: number;
  agent: string;
  name: string;
  /** What the tree assigns. */
  tier: Tier;
  /** What it asks for now: the tier, or `staging-only` where nothing of production is in reach. */
  assigned: RoiOptionId;
  /** The option with the best expected net; null: none is better than no control. */
  best: RoiOptionId | null;
  /** The decision, in one sentence. */
  decision: string;
  /** Why the best option by money and the assigned tier differ, one reason an entry; empty: they do not. */
  difference: string[];
  baseline: RoiSimulation['baseline'];
  options: RoiOption[];
  /** For `best` (`assigned` where there is none), the widest swing first. */
  swings: RoiSwing[];
  /** The same for `assigned`; empty where it is the best. */
  tierSwings: RoiSwing[];
  /** The inputs that matter most and can be moved. */
  whatIf: RoiInput[];
  inference: RoiInference;
  assumptions: RoiAssumption[];
  asks: RoiAsk[];
  model: RoiModel;
}

export interface RoiReport {
  schema: 'stakes/roi@1';
  seed: number;
  draws: number;
  months: typeof ROI_MONTHS;
  /** What everything is compared with, in words. */
  against: string;
  results: RoiResult[];
  /** Agents whose costs are counted with an agent that starts them. */
  counted: { agent: string; with: string }[];
  errors: Problem[];
}
