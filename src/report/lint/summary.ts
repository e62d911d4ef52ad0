import type { Finding, LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { MARKS, problemLines, within } from '../lint-markdown.ts';
import { bySeverity, headWords, summaryWords, whereOf } from '../lint-words.ts';
import { cells, code, markdown } from '../markdown-text.ts';

/** GitHub takes 1 MiB a step, and a character may take four bytes. */
const MOST = 250_000;

/** A table for `$GITHUB_STEP_SUMMARY`, the worst first. */
export const format: Format<LintView> = (view) => {
  const rows = bySeverity(view.findings).map(row);
  const head = ['', cells('', 'Finding', 'Direction', 'Where', 'Rule'), cells('---', '---', '---', '---', '---')];
  const lines = [
    `## Stakes: ${headWords(view)}`,
    ...problemLines(view),
    ...(rows.length === 0 ? [] : [...head, ...within(MOST, rows)]),
    ...(summaryWords(view) === headWords(view) ? [] : ['', `${summaryWords(view)}.`]),
  ];
  return `${lines.join('\n')}\n`;
};

function row(finding: Finding): string {
  const { severity, message, direction, rule } = finding;
  return cells(MARKS[severity], markdown(message), direction, code(whereOf(finding)), code(rule));
}
