import type { Because } from '../model/assessment.ts';
import type { Provenance } from '../model/vocabulary.ts';

/** The two ends a fact can have: the safest and the most dangerous value that is still possible. */
export interface Bound<T = boolean> {
  best: T;
  worst: T;
  /** JSON Pointer in the agent's manifest of what decided it. */
  pointer: string;
  provenance: Provenance;
}

export type Case = 'best' | 'worst';

export function known<T>(value: T, pointer: string, provenance: Provenance = 'declared'): Bound<T> {
  return { best: value, worst: value, pointer, provenance };
}

export function open<T>(best: T, worst: T, pointer: string, provenance: Provenance = 'default'): Bound<T> {
  return { best, worst, pointer, provenance };
}

export function isOpen(bound: Bound<unknown>): boolean {
  return bound.best !== bound.worst;
}

/** What a bound says, as a value or as not known. */
export function reading(bound: Bound): boolean | 'unknown' {
  return bound.best === bound.worst ? bound.worst : 'unknown';
}

export function because(agent: string, bound: Bound<unknown>, fact: string): Because {
  return { agent, pointer: bound.pointer, fact, provenance: bound.provenance };
}
