import type { RoiAdded, RoiAvoided, RoiCalls, RoiFacts, RoiPlan, RoiScenario } from '../model/roi.ts';
import type { RoiInput } from '../model/roi-inputs.ts';

/** One value for each input. */
export type Values = Record<RoiInput, number>;

/** What an option leaves of a kind of incident: the share that still happens, and the share of the loss that is left. */
export interface Left {
  happens: number;
  costs: number;
}

/** Calls a day. `sure`: every tool that may belong counts in full, as it does where people are asked. */
export function callsOf({ stated, unstated, maybeStated, maybeUnstated }: RoiCalls, v: Values, sure = false): number {
  const bad = sure ? 1 : v.openFactsBad;
  return stated + unstated * v.unstatedCalls + bad * (maybeStated + maybeUnstated * v.unstatedCalls);
}

/** Loss events a year of each kind with no control at all. */
export function eventsOf(facts: RoiFacts, v: Values): Record<RoiScenario, number> {
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
export function lossInput(facts: RoiFacts, scenario: RoiScenario): RoiInput {
  const command = facts.commands.stated + facts.commands.unstated + facts.commands.maybeStated > 0;
  switch (scenario) {
    case 'wrong-action':
      return 'actionLoss';
    case 'wrong-command':
      return 'commandLoss';
    case 'hijack':
      return command || facts.commands.maybeUnstated > 0 ? 'commandLoss' : 'actionLoss';
    case 'disclosure':
      return facts.disclosed === 'regulated' ? 'breachRegulated' : 'breachConfidential';
    case 'runaway':
      return 'runawayLoss';
    case 'leaked-secret':
      return 'leakLoss';
  }
}

/** What one incident costs with no control, from the value that was drawn for it. */
export function lossOf(facts: RoiFacts, v: Values, scenario: RoiScenario, drawn: number): number {
  const staged = facts.staged && scenario !== 'runaway' ? v.stagedShare : 1;
  if (scenario === 'runaway') return drawn + callUsd(facts, v) * v.runawayCalls;
  const capped = lossInput(facts, scenario) === 'actionLoss' && facts.actionCap !== null;
  return staged * (capped ? Math.min(drawn, facts.actionCap ?? drawn) : drawn);
}

const callUsd = (facts: RoiFacts, v: Values) => facts.callUsd ?? v.unstatedCallUsd;

/** What is left of the loss where the option is in place. */
export function leftOf(facts: RoiFacts, v: Values, plan: RoiPlan, scenario: RoiScenario, drawn: number, left: Left) {
  if (scenario !== 'runaway') return left.costs * lossOf(facts, v, scenario, drawn);
  const spend = plan.measures.includes('spend');
  const calls = Math.min(
    v.runawayCalls,
    plan.measures.includes('deny') ? (facts.callCap ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  );
  return (
    Math.min(left.costs * drawn, spend ? (facts.usdPerDay ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY) +
    Math.min(
      left.costs * callUsd(facts, v) * calls,
      spend ? (facts.toolUsdPerDay ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    )
  );
}

/** Approvals a day, and the share of bad calls that whoever answers so many of them stops. */
export function reviewOf(v: Values, plan: RoiPlan): { asked: number; caught: number } {
  const asked = plan.measures.includes('gates') ? callsOf(plan.gated, v, true) : 0;
  const each = asked / Math.max(1, v.reviewers);
  return { asked, caught: asked > 0 ? v.catchRate * rested(each, v.fatigueAt) : 0 };
}

/** Share of the catch that is left after so many prompts a day: a half at `half`, a third at twice that. */
export function rested(prompts: number, half: number): number {
  return half > 0 ? 1 / (1 + prompts / half) : 0;
}

/** What an option leaves of each kind of incident. */
export function leftBy(facts: RoiFacts, v: Values, plan: RoiPlan, caught: number): Record<RoiScenario, Left> {
  const has = (measure: RoiPlan['measures'][number], share: number) =>
    plan.measures.includes(measure) ? 1 - share : 1;
  const records = has('records', v.recordsShrinks);
  const limits = has('limits', v.limitsShrinks);
  const sandbox = has('sandbox', v.sandboxShrinks);
  const scopes = has('tokens', v.tokensShrinks);
  const outside = has('isolation', v.isolationStops) * has('deny', v.denyStops) * has('staging', v.stagingStops);
  const gated = (seen: number) => outside * (1 - caught * seen);
  const commands = lossInput(facts, 'hijack') === 'commandLoss';
  return {
    'wrong-action': { happens: gated(plan.seen.actions), costs: records },
    'wrong-command': { happens: gated(plan.seen.commands), costs: records * sandbox },
    hijack: { happens: gated(plan.seen.hijack), costs: records * limits * scopes * (commands ? sandbox : 1) },
    disclosure: { happens: gated(plan.seen.disclosure), costs: records * limits * sandbox },
    runaway: { happens: 1, costs: limits * has('spend', v.spendShrinks) },
    'leaked-secret': {
      happens: has('tokens', v.tokensStops) * has('staging', v.stagingStops),
      costs: records * scopes,
    },
  };
}

/** Routine costs a year that the option saves; incidents come from the events. */
export function savedBy(
  facts: RoiFacts,
  v: Values,
  plan: RoiPlan,
  caught: number,
): Record<Exclude<RoiAvoided, 'incidents'>, number> {
  const has = (measure: RoiPlan['measures'][number], share: number) =>
    plan.measures.includes(measure) ? 1 - share : 1;
  const slips = callsOf(facts.undoable, v) * v.daysPerYear * v.slipRate * (v.reworkMinutes / 60);
  const staged = facts.staged ? 1 : has('staging', v.stagingStops);
  const reworkLeft = has('records', v.recordsRework) * (1 - caught * plan.seen.undoable) * staged;
  const proven = callsOf(facts.actions, v, true) + callsOf(facts.commands, v, true) > 0;
  const auditLeft = has('records', v.recordsAudit) * (proven ? has('signed', v.signedAudit) : 1);
  const rotated = (facts.longLived.surely + facts.longLived.maybe * v.openFactsBad) * v.rotations * v.rotationHours;
  return {
    rework: slips * v.engineerHourlyCost * (1 - reworkLeft),
    audit: v.auditCycles * v.auditHours * v.engineerHourlyCost * (1 - auditLeft),
    rotation: plan.measures.includes('tokens') ? rotated * v.engineerHourlyCost : 0,
  };
}

/** What the option costs: building once, the rest a year. */
export function addedBy(facts: RoiFacts, v: Values, plan: RoiPlan, asked: number): Record<RoiAdded, number> {
  const added = { build: 0, upkeep: 0, infrastructure: 0 };
  for (const measure of plan.measures) {
    added.build += v[`${measure}Build`] * v.engineerHourlyCost;
    added.upkeep += v[`${measure}Upkeep`] * 12 * v.engineerHourlyCost;
    added.infrastructure += v[`${measure}Bill`] * 12;
  }
  const prompts = asked * v.daysPerYear;
  const byHand = callsOf(plan.byHand, v, true) + (facts.staged ? 0 : callsOf(plan.promoted, v, true) * v.handShare);
  return {
    ...added,
    approvals: prompts * (v.reviewSeconds / 3600) * v.approverHourlyCost,
    waiting: prompts * (v.waitMinutes / 60) * v.delayCost,
    'wrong-denials': prompts * v.wrongDenials * (v.denialMinutes / 60) * v.engineerHourlyCost,
    'hand-work': byHand * v.daysPerYear * (v.handMinutes / 60) * v.engineerHourlyCost,
  };
}
