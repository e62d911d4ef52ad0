import type { LOG_VERDICTS } from './audit-report.ts';
import type { Problem } from './place.ts';
import type { ProofState } from './proof.ts';
import type { Tier } from './tiers.ts';

export const AUDIT_PACK_SCHEMA = 'stakes/audit-pack@1';

/** What a pack can hold, in the order in which it is read. */
export const EVIDENCE = [
  'assessment',
  'policies',
  'proofs',
  'records',
  'verification',
  'approvals',
  'metrics',
] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

/** `partial`: a part of it is missing or does not hold, and `says` tells which. */
export const EVIDENCE_STATES = ['complete', 'partial', 'missing'] as const;

export interface PackEvidence {
  kind: EvidenceKind;
  state: (typeof EVIDENCE_STATES)[number];
  /** In the pack, with `/`. */
  files: string[];
  /** What is there, or why it is not. */
  says: string;
}

export interface PackLog {
  log: string;
  /** Null: no header could be read. */
  origin: string | null;
  /** Of the whole log up to the end of the pack, with the files that are not in it. */
  verdict: (typeof LOG_VERDICTS)[number];
  /** Its files in the pack. */
  files: string[];
  /** Files of the log that end before the period. */
  earlier: number;
  /** Calls in the period. */
  calls: number;
  /** Trusted keys that signed in it, as C2SP verifier keys. */
  keys: string[];
}

/** `missing`: records name it, and no file that was given is it; `redacted`: what looked like a secret is covered. */
export const POLICY_STATES = ['packed', 'redacted', 'missing'] as const;

export interface PackPolicy {
  /** `sha256:` of the policy as it was read. */
  digest: string;
  state: (typeof POLICY_STATES)[number];
  file: string | null;
  agents: string[];
  /** Calls of the period that it decided; 0: no record names it. */
  calls: number;
  /** Times of the first and the last of them. */
  first: string | null;
  last: string | null;
}

export interface PackProof {
  file: string;
  /** `YYYY-MM-DD`. */
  date: string;
  agent: string;
  target: string;
  engine: string;
  version: string | null;
  state: ProofState;
  /** Digest of the policy that was proven. Null: the proof does not say. */
  policy: string | null;
}

export interface PackApprover {
  /** Null: nobody answered. */
  by: string | null;
  approved: number;
  denied: number;
  expired: number;
  tools: string[];
}

/** A part of a framework, and what the pack shows for it. */
export interface PackRequirement {
  id: string;
  /** In words of ours. */
  title: string;
  /** Empty: nothing in a pack is about it. */
  evidence: EvidenceKind[];
  /** What that evidence shows. */
  shows: string;
  /** What it does not show, and somebody has to show in another way. */
  leaves: string;
  /** Rules of `stakes lint` that name it. */
  rules: string[];
}

export interface PackFramework {
  id: string;
  title: string;
  /** Edition and day of publication. */
  version: string;
  date: string;
  url: string;
  /** Which parts of it are listed. */
  covers: string;
  requirements: PackRequirement[];
}

export interface AuditPackReport {
  schema: typeof AUDIT_PACK_SCHEMA;
  since: string;
  /** The period ends before it. */
  until: string;
  agents: { agent: string; file: string; tier: Tier }[];
  evidence: PackEvidence[];
  logs: PackLog[];
  policies: PackPolicy[];
  proofs: PackProof[];
  approvers: PackApprover[];
  /** Files of records that are not in the pack although they belong in it. */
  withheld: { file: string; because: string }[];
  frameworks: PackFramework[];
  /** Names of the keys that signed the pack. Empty: it is not signed. */
  signedBy: string[];
  errors: Problem[];
}
