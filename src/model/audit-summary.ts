import type { ReadSummary } from './audit-query.ts';
import type { OUTCOMES } from './record.ts';
import type { Access } from './vocabulary.ts';

export const AUDIT_SUMMARY_SCHEMA = 'stakes/audit-report@1';

export interface ToolTally {
  tool: string;
  calls: number;
  decisions: Record<Access, number>;
  /** US dollars. */
  usd: number;
  /** As the policies say that decided; null: none of them was given, or it does not list the tool. */
  highStakes: boolean | null;
}

export interface ApproverTally {
  /** Null: nobody answered. */
  by: string | null;
  approved: number;
  denied: number;
  expired: number;
  /** Seconds from asking to the answer. */
  waitedMean: number;
  waitedLongest: number;
}

/** What one agent did. Lists are the longest first and end where `MOST_LISTED` does; `others` counts what is left out. */
export interface AgentSummary {
  agent: string;
  calls: number;
  sessions: number;
  /** Null: it made no call. */
  first: string | null;
  last: string | null;
  decisions: Record<Access, number>;
  outcomes: Record<(typeof OUTCOMES)[number] | 'none', number>;
  tools: ToolTally[];
  /** Calls of tools that are high-stakes; `unknown`: no policy that was given says. */
  highStakes: { calls: number; unknown: number };
  approvals: ApproverTally[];
  denials: { rule: string; calls: number }[];
  /** US dollars that were spent, and set aside for calls of which no outcome is known. */
  usd: { settled: number; open: number };
  /** Calls that `shadow` let through although the policy refuses them or wants a person. */
  shadow: number;
  /** Tools that it may call and did not; null: no policy of it was given. */
  quiet: string[] | null;
  /** Tools, approvers, rules or sessions beyond what is listed. */
  others: number;
}

export interface PolicyUse {
  digest: string;
  /** Null: it was not given. */
  file: string | null;
  calls: number;
}

export interface AuditSummaryReport extends Omit<ReadSummary, 'found' | 'shown'> {
  schema: typeof AUDIT_SUMMARY_SCHEMA;
  /** Null: from the first record, or up to the last. */
  since: string | null;
  until: string | null;
  calls: number;
  agents: AgentSummary[];
  /** Policies that decided, or that were given. */
  policies: PolicyUse[];
}
