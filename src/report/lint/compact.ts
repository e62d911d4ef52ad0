import type { LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { pathOf, whereOf } from '../lint-words.ts';
import { shown } from '../shown.ts';

/** A line a finding, as editors and problem matchers read it: `file:line:col: severity[rule] message`. */
export const format: Format<LintView> = ({ findings, errors }) =>
  [
    ...findings.map(
      (finding) => `${whereOf(finding)}: ${finding.severity}[${shown(finding.rule)}] ${shown(finding.message)}\n`,
    ),
    ...errors.map(({ code, message, place, file }) => {
      const where = place ? `${whereOf({ file: place.file, place })}: ` : file === undefined ? '' : `${pathOf(file)}: `;
      return `${where}error[${shown(code)}] ${shown(message)}\n`;
    }),
  ].join('');
