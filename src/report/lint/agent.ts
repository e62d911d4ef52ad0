import type { LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { bySeverity, helpWords, pathOf, summaryWords, whereOf } from '../lint-words.ts';
import { shown } from '../shown.ts';

/** For a coding agent: a line a finding with what to do, the worst first, and nothing to look at. */
export const format: Format<LintView> = (view) =>
  [
    ...bySeverity(view.findings).map((finding) => {
      const at = finding.pointer === '' ? '' : ` at ${shown(finding.pointer)}`;
      const what = `${finding.severity} ${shown(finding.rule)}${at}: ${shown(finding.message)}`;
      return `${whereOf(finding)}: ${what}; to mend: ${shown(helpWords(finding))}`;
    }),
    ...view.errors.map(({ code, message, help, place, file }) => {
      const where = place ? whereOf({ file: place.file, place }) : pathOf(file ?? 'stakes');
      return `${where}: error ${shown(code)}: ${shown(message)}${help === undefined ? '' : `; to mend: ${shown(help)}`}`;
    }),
    summaryWords(view),
    '',
  ].join('\n');
