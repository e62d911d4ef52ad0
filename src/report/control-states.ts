import type { Assessment, ControlEntry } from '../model/assessment.ts';

export interface ControlStates {
  required: number;
  shown: ControlEntry[];
  missing: ControlEntry[];
  /** In place although the tier calls it too much. */
  tooMuch: ControlEntry[];
  /** Would be too much; nothing of it is in place. */
  unwanted: ControlEntry[];
  optional: ControlEntry[];
  /** Required once the agent leaves staging, and not yet. */
  later: ControlEntry[];
}

/** Every control in exactly one list. */
export function controlStates({ controls, atGraduation }: Assessment): ControlStates {
  const missing = new Set(controls.missing.map(({ id }) => id));
  const required = new Set(controls.required.map(({ id }) => id));
  const present = new Map(controls.present.map((entry) => [entry.id, entry]));
  const withEvidence = (entry: ControlEntry): ControlEntry => ({
    ...entry,
    evidence: present.get(entry.id)?.evidence || entry.evidence,
  });
  const excessive = controls.excessive.map(withEvidence);
  const inPlace = ({ id, evidence }: ControlEntry) => present.has(id) || evidence !== '';
  return {
    required: required.size,
    shown: controls.required.filter(({ id }) => !missing.has(id)).map(withEvidence),
    missing: controls.required.filter(({ id }) => missing.has(id)),
    tooMuch: excessive.filter(inPlace),
    unwanted: excessive.filter((entry) => !inPlace(entry)),
    optional: controls.optional.map(withEvidence),
    later: (atGraduation ?? []).filter(({ id }) => !required.has(id)),
  };
}
