import type { RoiAvoided, RoiCalls, RoiFacts, RoiPlan, RoiScenario } from '../model/roi.ts';
import type { Year } from './year.ts';

/** What an option leaves of a kind of incident: the share that still happens, and the share of the loss that is left. */
export interface Left {
  happens: number;
  costs: number;
}

/** Calls a day of tools that count in full whatever the open facts turn out to be, as they do where people are asked. */
export function everyCall({ stated, unstated, maybeStated, maybeUnstated }: RoiCalls, year: Year): number {
  return stated + maybeStated + (unstated + maybeUnstated) * year.unstatedCalls;
}

/** What one incident costs with no control, from the value that was drawn for it. */
export function lossOf(facts: RoiFacts, year: Year, scenario: RoiScenario, drawn: number): number {
  if (scenario === 'runaway') return drawn + year.callUsd * year.runawayCalls;
  const capped = facts.actionCap !== null && year.capped[scenario];
  return year.staged * (capped ? Math.min(drawn, facts.actionCap ?? drawn) : drawn);
}

/** What is left of one incident where the option is in place. */
export function leftOf(
  facts: RoiFacts,
  year: Year,
  plan: RoiPlan,
  scenario: RoiScenario,
  drawn: number,
  left: Left,
): number {
  if (scenario !== 'runaway') return left.costs * lossOf(facts, year, scenario, drawn);
  const spend = plan.measures.includes('spend');
  const most = (usd: number | null) => (spend && usd !== null ? usd : Number.POSITIVE_INFINITY);
  const allowed = plan.measures.includes('deny') && facts.callCap !== null ? facts.callCap : year.runawayCalls;
  const calls = Math.min(year.runawayCalls, allowed);
  return (
    Math.min(left.costs * drawn, most(facts.usdPerDay)) +
    Math.min(left.costs * year.callUsd * calls, most(facts.toolUsdPerDay))
  );
}

/** Approvals a day, and the share of bad calls that whoever answers so many of them stops. */
export function reviewOf(year: Year, plan: RoiPlan): { asked: number; caught: number } {
  const asked = plan.measures.includes('gates') ? everyCall(plan.gated, year) : 0;
  const each = asked / Math.max(1, year.reviewers);
  return { asked, caught: asked > 0 ? year.catchRate * rested(each, year.fatigueAt) : 0 };
}

/** Share of the catch that is left after so many prompts a day: a half at `half`, a third at twice that. */
export function rested(prompts: number, half: number): number {
  return half > 0 ? 1 / (1 + prompts / half) : 0;
}

/** What an option leaves of each kind of incident. */
export function leftBy(year: Year, { measures, seen }: RoiPlan, caught: number): Record<RoiScenario, Left> {
  const { stays } = year;
  const records = measures.includes('records') ? stays.records : 1;
  const limits = measures.includes('limits') ? stays.limits : 1;
  const sandbox = measures.includes('sandbox') ? stays.sandbox : 1;
  const tokens = measures.includes('tokens');
  const scopes = tokens ? stays.scopes : 1;
  const staging = measures.includes('staging') ? stays.staging : 1;
  const outside =
    (measures.includes('isolation') ? stays.isolation : 1) * (measures.includes('deny') ? stays.deny : 1) * staging;
  return {
    'wrong-action': { happens: outside * (1 - caught * seen.actions), costs: records },
    'wrong-command': { happens: outside * (1 - caught * seen.commands), costs: records * sandbox },
    hijack: {
      happens: outside * (1 - caught * seen.hijack),
      costs: records * limits * scopes * (year.capped.hijack ? 1 : sandbox),
    },
    disclosure: { happens: outside * (1 - caught * seen.disclosure), costs: records * limits * sandbox },
    runaway: { happens: 1, costs: limits * (measures.includes('spend') ? stays.spend : 1) },
    'leaked-secret': { happens: (tokens ? stays.leaks : 1) * staging, costs: records * scopes },
  };
}

/** Routine costs a year that the option saves; incidents come from the events. */
export function savedBy(
  facts: RoiFacts,
  year: Year,
  { measures, seen }: RoiPlan,
  caught: number,
): Record<Exclude<RoiAvoided, 'incidents'>, number> {
  const { stays } = year;
  const records = measures.includes('records');
  const staging = measures.includes('staging') && !facts.staged ? stays.staging : 1;
  const reworkLeft = (records ? stays.recordsRework : 1) * (1 - caught * seen.undoable) * staging;
  const signed = measures.includes('signed') && year.proven ? stays.signedAudit : 1;
  return {
    rework: year.slipUsd * (1 - reworkLeft),
    audit: year.auditUsd * (1 - (records ? stays.recordsAudit : 1) * signed),
    rotation: measures.includes('tokens') ? year.rotationUsd : 0,
  };
}

/** What the option costs: building once, the rest a year. */
export function addedBy(facts: RoiFacts, year: Year, plan: RoiPlan, asked: number) {
  let [build, upkeep, infrastructure] = [0, 0, 0];
  for (const measure of plan.measures) {
    const price = year.prices[measure];
    build += price.build;
    upkeep += price.upkeep;
    infrastructure += price.bill;
  }
  const carried = facts.staged ? 0 : everyCall(plan.promoted, year) * year.handShare;
  return {
    build,
    upkeep,
    infrastructure,
    approvals: asked * year.promptUsd.approval,
    waiting: asked * year.promptUsd.waiting,
    'wrong-denials': asked * year.promptUsd.wrongDenial,
    'hand-work': (everyCall(plan.byHand, year) + carried) * year.handUsd,
  };
}
