import type { Control } from './controls.ts';
import type { Place, Problem } from './place.ts';
import type { Question } from './questions.ts';
import type { Tier } from './tiers.ts';
import type { Access, Classification, Egress, Provenance } from './vocabulary.ts';

/** A fact that decided something: where it stands, in words, and how it is known. */
export interface Because {
  agent: string;
  pointer: string;
  fact: string;
  provenance: Provenance;
  /** Absent: it was not read from a file, or nobody has written it. */
  place?: Place;
}

export interface TrailStep {
  question: Question;
  /** `unknown` when the best and the worst case differ. */
  answer: 'yes' | 'no' | 'unknown';
  best: 'yes' | 'no';
  worst: 'yes' | 'no';
  /** Facts behind the worst answer. */
  because: Because[];
}

export interface HighStakesTool {
  agent: string;
  tool: string;
  /** False when it is high-stakes only if an unknown fact turns out badly. */
  certain: boolean;
  access: Access | 'unknown';
  bounded: boolean;
  because: string[];
}

/** Confidential or regulated data can be read, strangers' text comes in, and a tool can send data to a place the caller picks. */
export interface DisclosurePath {
  /** False when it exists only if an unknown fact turns out badly. */
  certain: boolean;
  data: { agent: string; tool: string; scope: string };
  untrusted: { agent: string; pointer: string };
  exit: { agent: string; tool: string };
}

export interface ControlEntry {
  id: Control;
  because: string;
  /** What shows the control: a pointer, or the declared evidence. Empty when nothing does. */
  evidence: string;
}

export interface Controls {
  required: ControlEntry[];
  optional: ControlEntry[];
  excessive: ControlEntry[];
  present: ControlEntry[];
  missing: ControlEntry[];
}

export interface OpenQuestion {
  id: string;
  agent: string;
  pointer: string;
  text: string;
  /** The tier once this question and those before it are answered at their safest. */
  closes: Tier;
  /** Where the answer goes, or what stands nearest to it. Absent: it was not read from a file. */
  place?: Place;
}

/**
 * One operation of RFC 6902 on the document that holds the manifest of `agent`. `path` starts at the root of that document, so
 * that for an agent written inline it leads through the manifests around it; agents in other files have documents of their own.
 */
export interface PatchOperation {
  agent: string;
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

export interface Advice {
  id: string;
  text: string;
  patch: PatchOperation[];
  /** The tier of the changed manifest, found by assessing it. */
  tier: Tier;
  /**
   * Approvals a day that this adds, less those it saves (below zero: it saves more). Null where a tool that starts to ask
   * declares no volume; a tool that stops asking and declares none counts as saving nothing.
   */
  approvalsPerDay: number | null;
}

/** One row of the reach, for people: what a tool may do and what it is about. */
export interface ReachRow {
  agent: string;
  tool: string;
  effect: 'read' | 'write' | 'unknown';
  reversible: boolean | 'unknown' | null;
  egress: Egress | 'unknown';
  access: Access | 'unknown';
  highStakes: boolean;
}

/** A row of the reach with what is behind the tool. */
export interface ReachTool extends ReachRow {
  /** Names of the scopes it reaches, as its agent's manifest has them; null: nobody has stated which, so it may be any. */
  data: string[] | null;
  /** Whether it reaches credentials or files that no scope names. */
  unnamedData: boolean | 'unknown';
  /** Whether it runs code, a shell, queries or requests that the caller supplies. */
  arbitrary: boolean | 'unknown';
  /** Whether it brings in text from a place the caller picks. */
  untrusted: boolean | 'unknown';
  place?: Place;
}

/** One agent of the reach: the assessed one first, then its subagents in the order they are met. */
export interface ReachAgent {
  agent: string;
  name: string;
  /** Ids of the agents that start it; empty for the assessed one. */
  startedBy: string[];
  /** Whether it is handed text that strangers can write. */
  untrusted: boolean | 'unknown';
  place?: Place;
}

/** A body of data, as one agent's manifest names it. */
export interface ReachScope {
  agent: string;
  name: string;
  classification: Classification | 'unknown';
}

export interface Assessment {
  file: string;
  document: number;
  agent: string;
  name: string;
  tier: Tier;
  floor: Tier;
  ceiling: Tier;
  stage: 'none' | 'staging-only';
  /** The controls the tier asks for once the agent leaves staging; null when `stage` is `none`. */
  atGraduation: ControlEntry[] | null;
  ruleOfTwo: Record<'untrusted' | 'sensitive' | 'acts', boolean | 'unknown'>;
  trail: TrailStep[];
  agents: ReachAgent[];
  reach: ReachTool[];
  data: ReachScope[];
  highStakes: HighStakesTool[];
  disclosurePaths: DisclosurePath[];
  controls: Controls;
  questions: OpenQuestion[];
  advice: Advice[];
  /** Approvals a day that the declared volumes add up to; null where a gated tool declares none. */
  approvalsPerDay: number | null;
  place?: Place;
}

export interface AssessmentReport {
  schema: 'stakes/assessment@1';
  results: Assessment[];
  errors: Problem[];
}
