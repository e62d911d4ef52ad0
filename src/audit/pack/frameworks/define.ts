import type { EvidenceKind } from '../../../model/audit-pack.ts';

/** A part of a framework, and which evidence of a pack is about it. */
export interface Requirement {
  /** As the framework numbers it. */
  id: string;
  /** What it asks for, in words of ours. */
  title: string;
  /** Empty: nothing in a pack is about it. */
  evidence: readonly EvidenceKind[];
  /** What that evidence shows; empty where there is none. */
  shows: string;
  /** What it does not show. */
  leaves: string;
}

/** A public framework that auditors ask by. A file here adds one; it is a mapping, and says nothing of conformity. */
export interface Framework {
  id: string;
  title: string;
  /** Edition. */
  version: string;
  /** Day or month of its publication, `YYYY-MM-DD` or `YYYY-MM`. */
  date: string;
  /** Where the ids and their text are. */
  url: string;
  /** How rules of the lint name a part of it: `source + id`. Absent: they do not. */
  source?: string;
  /** What it covers of the framework. */
  covers: string;
  requirements: readonly Requirement[];
}
