import type { Finding, LintView } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import { MARKS, problemLines, within } from '../lint-markdown.ts';
import { headWords, helpWords, summaryWords, tierWords } from '../lint-words.ts';
import { code, markdown } from '../markdown-text.ts';

/** A comment on GitHub holds 65,536 characters. */
const MOST = 60_000;

/** For a review: each finding with its reason and its help, file by file. */
export const format: Format<LintView> = (view) => {
  const texts = view.findings.map((finding, index) => {
    const opens = finding.file !== view.findings[index - 1]?.file;
    return [...(opens ? ['', `### ${code(finding.file)}`, ''] : []), ...item(finding)].join('\n');
  });
  const lines = [
    `## Stakes: ${headWords(view)}`,
    ...problemLines(view),
    ...within(MOST, texts),
    ...(summaryWords(view) === headWords(view) ? [] : ['', `${summaryWords(view)}.`]),
  ];
  return `${lines.join('\n')}\n`;
};

function item(finding: Finding): string[] {
  const { severity, message, why, rule, place, direction } = finding;
  const tier = tierWords(finding);
  const where = place ? `line ${place.line}, ` : '';
  return [
    `- **${MARKS[severity]}**: ${markdown(message)} (${where}${code(rule)}, ${direction})`,
    ...(why === '' ? [] : [`  - why: ${markdown(why)}`]),
    `  - help: ${markdown(helpWords(finding))}`,
    ...(tier === undefined ? [] : [`  - tier: ${tier}`]),
  ];
}
