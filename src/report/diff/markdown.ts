import type { DiffReport } from '../../model/diff.ts';
import type { Format } from '../context.ts';
import { agentSection } from '../diff-markdown-agent.ts';
import { findingSections, ignoreLines, listSection } from '../diff-markdown-findings.ts';
import { everything, isTold, silencedWords, trustWords, verdictWords } from '../diff-words.ts';
import { MARKS } from '../lint-markdown.ts';
import { code, markdown } from '../markdown-text.ts';
import { count } from '../words.ts';

/** A comment on GitHub holds 65,536 characters. */
const MOST = 60_000;
/** For the line that says what was left out. */
const LAST = 1_000;

/** By this line a bot finds the comment that it left before. */
const MARKER = '<!-- stakes diff -->';

/** The comment on a pull request. */
export const format: Format<DiffReport> = (report) => {
  const told = report.agents.filter(isTold);
  const verdict = verdictWords(report, code);
  const first = `${MARKER}\n`;
  const besides = besidesLines(report);
  if (told.length === 0 && besides.length === 0) return `${first}\n${capital(verdict)}.\n`;
  const same = report.agents.length - told.length;
  const last = [
    ...(same > 0 ? [`${count(same, 'agent')} unchanged.`] : []),
    ...(report.trusted === null ? [] : [`${capital(markdown(trustWords(report.trusted)))}.`]),
  ].join(' ');
  const head = [`${first}\n### ${capital(verdict)}`, ...besides].join('\n');
  const end = last === '' ? '' : `\n<sub>${last}</sub>\n`;
  let room = MOST - LAST - head.length - end.length;
  const sections: string[] = [];
  let before = head;
  for (const diff of told) {
    const text = agentSection(diff, report).join('\n');
    // A line by itself follows another without a rule between them.
    const section = isLine(text) && isLine(before) ? text : `---\n\n${text}`;
    before = text;
    room -= section.length + 2;
    if (room < 0) break;
    sections.push(section);
  }
  const left = told.length - sections.length;
  const cut = left > 0 ? `\n\n… and ${count(left, 'more agent')} that changed: ${code(everything(report))}` : '';
  return `${[head, ...sections].join('\n\n')}${cut}\n${end}`;
};

/** What concerns all agents, and what hides the rest, stands before the agents. */
function besidesLines(report: DiffReport): string[] {
  const { errors, silenced, loosened, findings, ignores } = report;
  return [
    ...listSection(
      '**What could not be compared**',
      errors.map(({ message, place, file }) => {
        const where = place ? `${place.file}:${place.line}` : (file ?? '');
        return `- ${MARKS.error}: ${markdown(message)}${where === '' ? '' : ` (${code(where)})`}`;
      }),
      report,
    ),
    ...(silenced.length > 0 ? ['', `> ⚠️ **${capital(markdown(silencedWords(report)))}**`] : []),
    ...findingSections({ hidden: silenced }, report),
    ...listSection(
      '**Settings that hold less than they did**',
      loosened.map(
        ({ message, file, place }) => `- ⚠️ ${markdown(message)} (${code(`${file}${place ? `:${place.line}` : ''}`)})`,
      ),
      report,
    ),
    ...ignoreLines(ignores, report),
    ...findingSections(findings, report),
  ];
}

const isLine = (text: string) => !text.includes('\n');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
