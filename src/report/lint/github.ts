import type { LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { bySeverity } from '../lint-words.ts';
import { findingCommand, problemCommand } from '../workflow-command.ts';

/** Beside the lines of a pull request, the worst first. */
export const format: Format<LintView> = ({ findings, errors }) =>
  [...errors.map(problemCommand), ...bySeverity(findings).map((finding) => findingCommand(finding))]
    .map((line) => `${line}\n`)
    .join('');
