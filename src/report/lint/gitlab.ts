import { createHash } from 'node:crypto';
import type { LintView, Severity } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { helpWords, pathOf } from '../lint-words.ts';
import { shown } from '../shown.ts';

/** Source: docs.gitlab.com, code quality report format. */
interface Issue {
  description: string;
  check_name: string;
  /** Without the line, so that a finding that only moved is the same one. */
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number; end?: number } };
}

const SEVERITY: Record<Severity, Issue['severity']> = { error: 'critical', warning: 'major', note: 'info' };

/** GitLab's code quality report. */
export const format: Format<LintView> = ({ findings, errors }) => {
  const issues = [
    ...findings.map(
      (finding): Issue => ({
        description: shown(`${finding.message}; ${helpWords(finding)}`, 1000),
        check_name: shown(finding.rule),
        fingerprint: finding.fingerprint,
        severity: SEVERITY[finding.severity],
        location: locationOf(finding.file, finding.place),
      }),
    ),
    ...errors.map(
      ({ code, message, place, file }): Issue => ({
        description: shown(message, 1000),
        check_name: shown(code),
        fingerprint: createHash('sha256')
          .update(JSON.stringify([code, message, place?.file ?? file ?? '']))
          .digest('hex')
          .slice(0, 32),
        severity: 'blocker',
        location: locationOf(place?.file ?? file ?? '', place),
      }),
    ),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
};

/** A path and a first line are obligatory. */
function locationOf(file: string, place?: { line: number; endLine: number }): Issue['location'] {
  const lines = place ? { begin: place.line, end: place.endLine } : { begin: 1 };
  return { path: file === '' ? '.' : pathOf(file), lines };
}
