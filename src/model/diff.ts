import type { DisclosurePath, HighStakesTool, ReachRow } from './assessment.ts';
import type { Finding } from './finding.ts';
import type { Place, Problem } from './place.ts';
import type { Tier } from './tiers.ts';

export const DIFF_SCHEMA = 'stakes/diff@1';

/** What the files as they are now are called, where no revision is named. */
export const WORK_TREE = 'the work tree';

export const AGENT_CHANGES = ['added', 'removed', 'changed', 'same'] as const;
export type AgentChange = (typeof AGENT_CHANGES)[number];

/** One entry or field of a manifest that is not as it was. Without `from` it is new, without `to` it is gone. */
export interface Change {
  /** Of the head, also where it is gone. */
  file: string;
  document: number;
  agent: string;
  pointer: string;
  from?: unknown;
  to?: unknown;
  /** Absent where it is gone. */
  place?: Place;
}

/** What the tree makes of a tool, from its own fields and from what is around it. */
export const TOOL_FACTS = [
  'access',
  'effect',
  'reversible',
  'egress',
  'highStakes',
] as const satisfies readonly (keyof ReachRow)[];
export type ToolFact = (typeof TOOL_FACTS)[number];

export interface ToolRef {
  agent: string;
  tool: string;
}

export interface ToolChange extends ToolRef {
  facts: { fact: ToolFact; base: ReachRow[ToolFact]; head: ReachRow[ToolFact] }[];
  /** In its own fields. */
  changes: Change[];
}

/** What holds findings back: a comment in a manifest, the configuration, the baseline. */
export const IGNORE_SOURCES = ['comment', 'configuration', 'baseline'] as const;
export type IgnoreSource = (typeof IGNORE_SOURCES)[number];

export interface IgnoreChange {
  source: IgnoreSource;
  rules: string[];
  /** Empty: none is given. */
  reason: string;
  file: string;
  pointer: string;
  place?: Place;
}

export interface NewAndGone<T> {
  new: T[];
  gone: T[];
}

export interface AgentDiff {
  agent: string;
  name: string;
  /** In the head; of a removed agent, in the base. */
  file: string;
  document: number;
  change: AgentChange;
  /** What it was called or where it stood in the base, where that differs; null: the same, or there was none. */
  was: { agent: string; file: string } | null;
  /** Null where there is no such agent, or it cannot be read. */
  tier: { base: Tier | null; head: Tier | null };
  /** The fewest changes that move the tier: without them it stays. Empty where it does not move. */
  because: Change[];
  /** Pairs of an agent and a tool in reach; a denied one is not. */
  tools: { added: ReachRow[]; removed: ToolRef[]; changed: ToolChange[] };
  /** Changes outside of `tools`. */
  settings: Change[];
  highStakes: NewAndGone<HighStakesTool>;
  disclosurePaths: NewAndGone<DisclosurePath>;
  /** Null where a gated tool declares no volume. */
  approvalsPerDay: { base: number | null; head: number | null };
  findings: { new: Finding[]; fixed: Finding[] };
  ignores: { new: IgnoreChange[]; wider: IgnoreChange[] };
  place?: Place;
}

/** A setting that now finds less or fails later. */
export interface Loosening {
  message: string;
  file: string;
  place?: Place;
}

export interface DiffReport {
  schema: typeof DIFF_SCHEMA;
  /** What was compared, as people call it. */
  base: string;
  head: string;
  /** The revision whose configuration, baseline, reviews and ignores hold for both; null: each has its own. */
  trusted: string | null;
  /** The ones that moved up first. */
  agents: AgentDiff[];
  /** Findings that belong to no agent. */
  findings: { new: Finding[]; fixed: Finding[] };
  /** Ignores of the configuration and the baseline that belong to no agent. */
  ignores: { new: IgnoreChange[]; wider: IgnoreChange[] };
  /** Settings that hold less than they did. */
  loosened: Loosening[];
  /** What the head's own ignores, baseline or configuration hold back and the base's would not. */
  silenced: Finding[];
  errors: Problem[];
}
