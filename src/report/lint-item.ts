import type { Finding, LintReport, Related } from '../model/finding.ts';
import type { Span } from '../model/place.ts';
import { type ProblemItem, problemItem } from './problem-item.ts';

/** A finding as JSON reports carry it: its place, where there is one, is spread into it. */
export interface LintItem extends Omit<Finding, 'place' | 'patch' | 'related'>, Partial<Span> {
  related: RelatedFindingItem[];
}

export interface RelatedFindingItem extends Omit<Related, 'place'>, Partial<Span> {}

export interface LintJson extends Omit<LintReport, 'findings' | 'errors'> {
  findings: LintItem[];
  errors: ProblemItem[];
}

export function lintItem(finding: Finding): LintItem {
  const { rule, severity, direction, message, why, help, label } = finding;
  return {
    rule,
    severity,
    direction,
    message,
    why,
    help,
    label,
    ...placed(finding),
    related: finding.related.map((other) => ({ message: other.message, ...placed(other) })),
    tierEffect: finding.tierEffect,
    fix: finding.fix,
    fingerprint: finding.fingerprint,
  };
}

export function lintJson({ schema, findings, summary, errors }: LintReport): LintJson {
  return { schema, findings: findings.map(lintItem), summary, errors: errors.map(problemItem) };
}

type Placed = Pick<Finding, 'file' | 'document' | 'agent' | 'pointer'> & Partial<Span>;

function placed({ file, document, agent, pointer, place }: Omit<Related, 'message'>): Placed {
  if (place === undefined) return { file, document, agent, pointer };
  const { line, column, endLine, endColumn } = place;
  return { file, document, agent, pointer, line, column, endLine, endColumn };
}
