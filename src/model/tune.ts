import type { PatchOperation } from './assessment.ts';
import type { LogRead, ReadRemark } from './audit-query.ts';
import type { Problem } from './place.ts';
import type { Tier } from './tiers.ts';

export const TUNE_SCHEMA = 'stakes/tune@1';

/** `tighten`: the agent may do less than before, or the same within closer bounds. */
export const TUNE_DIRECTIONS = ['tighten', 'loosen'] as const;
export type TuneDirection = (typeof TUNE_DIRECTIONS)[number];

/**
 * What the records about an agent are worth. `proven`: every log with calls of it holds under a trusted key. `unproven`: nothing is
 * wrong with them, but anybody may have written one of them. `broken`: one of them is not as it was written.
 */
export const TUNE_TRUSTS = ['proven', 'unproven', 'broken'] as const;
export type TuneTrust = (typeof TUNE_TRUSTS)[number];

/** One record, so that anybody can look it up. */
export interface TuneMoment {
  /** RFC 3339, UTC. */
  time: string;
  /** Name of the log, as it says itself. */
  log: string;
  /** Number of the record in that log. */
  seq: number;
}

/** How people answered. */
export interface TuneAnswers {
  approved: number;
  denied: number;
  /** Denials of arguments that somebody approved later. They are not among `denied`. */
  overturned: number;
  expired: number;
  /** Mean seconds from asking to an answer of a person. Null: nobody answered. */
  waitedSeconds: number | null;
}

/** How much was used: nearest-rank percentiles. */
export interface TuneVolume {
  unit: 'calls a day' | 'calls a minute' | 'repeats of a call' | 'US dollars a day';
  p50: number;
  p99: number;
  max: number;
  /** Days on which the cap refused a call. */
  refusedDays: number;
}

/** What the records show. */
export interface TuneEvidence {
  /** Calls that it rests on. */
  calls: number;
  /** Days, in UTC, with such calls; for what was never used: with any call of the agent. */
  days: number;
  first: TuneMoment | null;
  last: TuneMoment | null;
  /** Of the calls those of a gate in shadow mode: they show what would have happened. */
  shadow: number;
  answers: TuneAnswers | null;
  volume: TuneVolume | null;
}

/** A range of US dollars a year that a change is worth. */
export interface TuneNet {
  p10: number;
  p50: number;
  p90: number;
}

interface TuneItem {
  /** Stable: the kind, the agent and what it is about. */
  id: string;
  kind: string;
  direction: TuneDirection;
  agent: string;
  file: string;
  document: number;
  /** In that document. */
  pointer: string;
  /** What to change. */
  text: string;
  /** The evidence in words. */
  because: string;
  evidence: TuneEvidence;
}

export interface TuneProposal extends TuneItem {
  /** What the records do not show about it. */
  unknown: string[];
  /** Of the agent that is assessed, before and after this change alone. */
  tier: { from: Tier; to: Tier };
  /** Approvals a day, as they were recorded, that it adds; below zero: that it saves. */
  approvalsPerDay: number;
  /** Absent: the cost model was not asked. */
  net?: TuneNet;
  patch: PatchOperation[];
}

/** What the numbers suggest, and what keeps it from being proposed. */
export interface TuneHeld extends TuneItem {
  /** Why it is not proposed. */
  reason: string;
}

/** What was counted for one agent. */
export interface TuneAgent {
  agent: string;
  file: string;
  document: number;
  trust: TuneTrust;
  calls: number;
  /** Days, in UTC, with calls. */
  days: number;
  first: string | null;
  last: string | null;
  /** Of the calls those in shadow mode. */
  shadow: number;
  /** Calls that were decided by a policy that is not here: nobody knows what was granted then. */
  unknownPolicy: number;
  /** Calls with a time after the end of the period, as a clock that ran ahead leaves them. They are not counted. */
  later: number;
  /** What the records can never show about this agent. */
  unknown: string[];
}

/** A name that is in the records, and that no manifest here has. */
export interface TuneStranger {
  agent: string;
  /** Null: the agent itself. */
  tool: string | null;
  calls: number;
  /** Of them those that were refused. */
  refused: number;
}

export interface TuneReport {
  schema: typeof TUNE_SCHEMA;
  /** RFC 3339, UTC; the period begins with it. */
  since: string;
  /** The period ends before it. */
  until: string;
  agents: TuneAgent[];
  /** The tightening ones first. */
  proposals: TuneProposal[];
  held: TuneHeld[];
  /** At most 100, those with the most calls first. */
  strangers: TuneStranger[];
  /** The tier of each agent that was assessed, once all is applied. */
  tiers: { agent: string; file: string; document: number; from: Tier; to: Tier }[];
  logs: Omit<LogRead, 'outcomes'>[];
  remarks: ReadRemark[];
  errors: Problem[];
}
