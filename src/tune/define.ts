import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { AgentPolicy } from '../model/policy.ts';
import type { TuneDirection, TuneEvidence } from '../model/tune.ts';
import type { AgentUse, TreeUse } from './observe/use.ts';

export interface TuneSettings {
  /** Days from the first to the last record that have to lie between, before what never came counts as never needed. */
  minDays: number;
  /** Approvals without a denial before a gate counts as one that decides nothing. */
  minApprovals: number;
}

/** One agent as it is now, and what the records say about it. */
export interface AgentView {
  agent: Agent;
  /** Its policy in each tree that it is in. */
  now: readonly AgentPolicy[];
  /** Its policies that decided calls, as far as they are here, by their digest. */
  past: ReadonlyMap<string, AgentPolicy>;
  use: AgentUse;
  /** What its tree did, where it is the root of one. */
  tree: TreeUse | undefined;
  settings: TuneSettings;
}

/** A change that the numbers suggest. */
export interface Candidate {
  direction: TuneDirection;
  /** The tool, the credential or the limit: the last part of the id. */
  subject: string;
  /** In the agent's manifest. */
  pointer: string;
  text: string;
  because: string;
  evidence: TuneEvidence;
  /** What the records do not show about it. */
  unknown?: readonly string[];
  /** Approvals a day that it adds, less those it saves. */
  approvalsPerDay?: number;
  patch: PatchOperation[];
  /** What keeps it from being proposed. */
  held?: string;
}

/** One file, one kind: `src/tune/kinds/<id>.ts`. */
export interface TuneKind {
  /** Kebab-case; the file's name. */
  id: string;
  /** What it proposes, in one line, lower-case. */
  title: string;
  /** Why that matters. */
  why: string;
  /** Pure. Asks for nothing that it would ask for again once it is done. */
  propose(view: AgentView): Candidate[];
}

export function defineKind(kind: TuneKind): TuneKind {
  return kind;
}
