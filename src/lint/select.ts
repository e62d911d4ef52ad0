import { type Direction, type Finding, SEVERITIES, type Severity } from '../model/finding.ts';

/** What a run wants to see and when it fails. */
export interface Threshold {
  /** `never`: findings alone do not fail it. */
  failOn: Severity | 'never';
  minSeverity: Severity;
  /** Empty: every direction. */
  directions: readonly Direction[];
  /** Undefined: any number. */
  maxWarnings: number | undefined;
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** A file that cannot be read is shown whatever was asked for: nothing else can be said of it. */
export function shownOf(findings: readonly Finding[], { minSeverity, directions }: Threshold): Finding[] {
  return findings.filter(
    ({ severity, direction, agent }) =>
      rank(severity) >= rank(minSeverity) &&
      (directions.length === 0 || directions.includes(direction) || (direction === 'shape' && agent === '')),
  );
}

/** Looks at what is shown, so that a hidden finding never fails a run that cannot say why. */
export function fails(findings: readonly Finding[], { failOn, maxWarnings }: Threshold): boolean {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (maxWarnings !== undefined && warnings > maxWarnings) return true;
  return failOn !== 'never' && findings.some(({ severity }) => rank(severity) >= rank(failOn));
}
