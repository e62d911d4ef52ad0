import type { Finding, LintView, Severity } from '../../model/finding.ts';
import type { Format, Paint, ReportContext } from '../context.ts';
import { framesOf, gutterWidth, noteLines } from '../frames.ts';
import { headWords, helpWords, summaryWords, tierWords, whereOf } from '../lint-words.ts';
import { renderProblems } from '../problems.ts';
import { shown } from '../shown.ts';
import { prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

const STYLES: Record<Severity, keyof Paint> = { error: 'bad', warning: 'warn', note: 'note' };

/** Characters of source that are searched for lines to show: a huge file with a fault in every line must not take minutes. */
const SEARCHED = 20_000_000;

/** For a terminal: each finding with its lines, its reason and its help, then a line that sums up. */
export const format: Format<LintView> = (view, context) => {
  let searched = 0;
  const blocks = view.findings.map((finding) => {
    searched += context.texts.get(finding.file)?.length ?? 0;
    const texts = searched > SEARCHED ? new Map<string, string>() : context.texts;
    return `${blockOf(finding, { ...context, texts }).join('\n')}\n`;
  });
  const problems = view.errors.length > 0 ? [renderProblems(view.errors, context)] : [];
  return [...blocks, ...problems, `${wrap(summary(view), context).join('\n')}\n`].join('\n');
};

function blockOf(finding: Finding, context: ReportContext): string[] {
  const { rule, severity, message, why, place, label, related } = finding;
  const { paint, columns, texts } = context;
  const head: Words = [
    { text: `${severity}[${shown(rule)}]`, style: STYLES[severity] },
    { text: `: ${prose(shown(message))}`, style: 'strong' },
  ];
  const placed = related.flatMap((other) => (other.place ? [{ place: other.place, text: other.message }] : []));
  const margin = gutterWidth([...(place ? [place] : []), ...placed.map((other) => other.place)]);
  const framed = place
    ? framesOf(
        {
          primary: { place, text: label },
          related: placed,
          style: STYLES[severity],
          covered: rule === 'literal-secret',
        },
        context,
      )
    : {
        lines: [`${' '.repeat(margin)}${paint.note('-->')} ${shown(spotOf(finding), 1000)}`],
        notes: label === '' ? [] : [label],
      };
  const loose = related.filter((other) => !place || !other.place);
  const notes = [...framed.notes, ...loose.map((other) => `${other.message} (${spotOf(other)})`)];
  const tier = tierWords(finding);
  const note = (name: string, text: string) => noteLines(name, [prose(shown(text))], margin, context);
  return [
    ...wrap(head, { columns, paint, rest: ['  '] }),
    ...framed.lines,
    ...(place && texts.has(place.file) ? [paint.note(`${' '.repeat(margin)} |`)] : []),
    ...notes.flatMap((text) => note('note', text)),
    ...(why === '' ? [] : note('why', why)),
    ...note('help', helpWords(finding)),
    ...(tier === undefined ? [] : note('tier', tier)),
  ];
}

/** Without a line, the pointer is the most exact that can be said. */
function spotOf(where: Pick<Finding, 'file' | 'place' | 'pointer'>): string {
  return `${whereOf(where)}${where.place || where.pointer === '' ? '' : ` at ${where.pointer}`}`;
}

function summary(view: LintView): Words {
  const head = headWords(view);
  const worst = view.findings.some(({ severity }) => severity === 'error') || view.errors.length > 0;
  const style = worst ? 'bad' : view.findings.length > 0 ? 'warn' : 'good';
  return [{ text: head, style }, summaryWords(view).slice(head.length)];
}
