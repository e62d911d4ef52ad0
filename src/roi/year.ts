import { ROI_MEASURES, type RoiCalls, type RoiFacts, type RoiMeasure, type RoiScenario } from '../model/roi.ts';
import type { RoiInput } from '../model/roi-inputs.ts';

/** One value for each input. */
export type Values = Record<RoiInput, number>;

/** What holds for every option in one simulated future. Amounts in US dollars a year. */
export interface Year {
  /** Loss events with no control at all. */
  events: Record<RoiScenario, number>;
  /** Kinds of incident that the cap of the tools bounds. */
  capped: Record<RoiScenario, boolean>;
  /** Share of a loss that is left where nothing of production is in reach. */
  staged: number;
  unstatedCalls: number;
  runawayCalls: number;
  /** Of one call of the dearest tool. */
  callUsd: number;
  /** Share that each measure leaves, of incidents, of losses or of work. */
  stays: Record<
    | 'isolation'
    | 'sandbox'
    | 'limits'
    | 'spend'
    | 'leaks'
    | 'scopes'
    | 'records'
    | 'deny'
    | 'staging'
    | 'recordsRework'
    | 'recordsAudit'
    | 'signedAudit',
    number
  >;
  reviewers: number;
  catchRate: number;
  fatigueAt: number;
  /** Are there high-stakes calls that somebody may have to prove? */
  proven: boolean;
  slipUsd: number;
  auditUsd: number;
  rotationUsd: number;
  /** Of one approval a day. */
  promptUsd: { approval: number; waiting: number; wrongDenial: number };
  /** Of one call a day that people make. */
  handUsd: number;
  handShare: number;
  /** `build`: once. */
  prices: Record<RoiMeasure, { build: number; upkeep: number; bill: number }>;
}

export function yearOf(facts: RoiFacts, v: Values): Year {
  const { engineerHourlyCost: hour, daysPerYear: days } = v;
  const longLived = facts.longLived.surely + facts.longLived.maybe * v.openFactsBad;
  const capped = (scenario: RoiScenario) => lossInput(facts, scenario) === 'actionLoss';
  return {
    events: eventsOf(facts, v),
    capped: {
      'wrong-action': true,
      'wrong-command': false,
      hijack: capped('hijack'),
      disclosure: false,
      runaway: false,
      'leaked-secret': false,
    },
    staged: facts.staged ? v.stagedShare : 1,
    unstatedCalls: v.unstatedCalls,
    runawayCalls: v.runawayCalls,
    callUsd: facts.callUsd ?? v.unstatedCallUsd,
    stays: {
      isolation: 1 - v.isolationStops,
      sandbox: 1 - v.sandboxShrinks,
      limits: 1 - v.limitsShrinks,
      spend: 1 - v.spendShrinks,
      leaks: 1 - v.tokensStops,
      scopes: 1 - v.tokensShrinks,
      records: 1 - v.recordsShrinks,
      deny: 1 - v.denyStops,
      staging: 1 - v.stagingStops,
      recordsRework: 1 - v.recordsRework,
      recordsAudit: 1 - v.recordsAudit,
      signedAudit: 1 - v.signedAudit,
    },
    reviewers: v.reviewers,
    catchRate: v.catchRate,
    fatigueAt: v.fatigueAt,
    proven: [facts.actions, facts.commands].some(({ stated, unstated, maybeStated, maybeUnstated }) => {
      return stated + unstated + maybeStated + maybeUnstated > 0;
    }),
    slipUsd: callsOf(facts.undoable, v) * days * v.slipRate * (v.reworkMinutes / 60) * hour,
    auditUsd: v.auditCycles * v.auditHours * hour,
    rotationUsd: longLived * v.rotations * v.rotationHours * hour,
    promptUsd: {
      approval: days * (v.reviewSeconds / 3600) * v.approverHourlyCost,
      waiting: days * (v.waitMinutes / 60) * v.delayCost,
      wrongDenial: days * v.wrongDenials * (v.denialMinutes / 60) * hour,
    },
    handUsd: days * (v.handMinutes / 60) * hour,
    handShare: v.handShare,
    prices: pricesOf(v),
  };
}

/** Calls a day; those of tools that only may belong count as far as open facts turn out badly. */
export function callsOf({ stated, unstated, maybeStated, maybeUnstated }: RoiCalls, v: Values): number {
  return stated + unstated * v.unstatedCalls + v.openFactsBad * (maybeStated + maybeUnstated * v.unstatedCalls);
}

/** Loss events a year of each kind with no control at all. */
function eventsOf(facts: RoiFacts, v: Values): Year['events'] {
  const odds = { yes: 1, maybe: v.openFactsBad, no: 0 };
  // Whoever steers the agent uses it for one thing: what it can do, or what it can tell.
  const uses = Number(facts.hijack !== 'no') + Number(facts.disclosure !== 'no');
  const steered = (v.hijackTries * v.hijackSuccess) / Math.max(1, uses);
  return {
    'wrong-action': callsOf(facts.actions, v) * v.daysPerYear * v.actionErrorRate,
    'wrong-command': callsOf(facts.commands, v) * v.daysPerYear * v.actionErrorRate,
    hijack: steered * odds[facts.hijack],
    disclosure: steered * odds[facts.disclosure],
    runaway: v.runaways,
    'leaked-secret': (facts.longLived.surely + facts.longLived.maybe * v.openFactsBad) * v.leakRate,
  };
}

/** The input that says what one incident of a kind costs. */
export function lossInput({ commands, disclosed }: RoiFacts, scenario: RoiScenario): RoiInput {
  switch (scenario) {
    case 'wrong-action':
      return 'actionLoss';
    case 'wrong-command':
      return 'commandLoss';
    case 'hijack': {
      const { stated, unstated, maybeStated, maybeUnstated } = commands;
      return stated + unstated + maybeStated + maybeUnstated > 0 ? 'commandLoss' : 'actionLoss';
    }
    case 'disclosure':
      return disclosed === 'regulated' ? 'breachRegulated' : 'breachConfidential';
    case 'runaway':
      return 'runawayLoss';
    case 'leaked-secret':
      return 'leakLoss';
  }
}

/** Names made once: making them for every simulated future would take longer than all the rest. */
const NAMES = ROI_MEASURES.map(
  (measure) => [measure, `${measure}Build`, `${measure}Upkeep`, `${measure}Bill`] as const,
);

function pricesOf(v: Values): Year['prices'] {
  const prices = {} as Year['prices'];
  const hour = v.engineerHourlyCost;
  for (const [measure, build, upkeep, bill] of NAMES)
    prices[measure] = { build: v[build] * hour, upkeep: v[upkeep] * 12 * hour, bill: v[bill] * 12 };
  return prices;
}
