import type { AgentDiff } from '../model/diff.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Paint, ReportContext } from './context.ts';
import { someRows } from './diff-human-rows.ts';
import { ignoreWords, spotOf } from './diff-words.ts';
import { bySeverity, DIRECTION_WORDS, helpWords, whereOf } from './lint-words.ts';
import { row } from './row.ts';
import { shown } from './shown.ts';
import { type Piece, prose, type Words } from './words.ts';

const STYLES: Record<Severity, keyof Paint> = { error: 'bad', warning: 'warn', note: 'note' };

/** What is new or hidden with its help; of what is fixed, a line is enough. */
export function findingRows(
  what: 'new' | 'hidden' | 'fixed',
  findings: readonly Finding[],
  context: ReportContext,
): string[] {
  return someRows(bySeverity(findings), context, (finding) =>
    what === 'fixed' ? fixedRow(finding, context) : foundRow(what, finding, context),
  );
}

function foundRow(what: string, finding: Finding, context: ReportContext): string[] {
  const { rule, severity, message, direction } = finding;
  const style = STYLES[severity];
  const head: Words = [
    { text: `${severity}[${shown(rule)}]`, style },
    `: ${prose(shown(message))} `,
    { text: `(${DIRECTION_WORDS[direction]})`, style: 'dim' },
  ];
  const mark: Piece = { text: severity === 'error' ? '✗' : '!', style };
  const under = (words: Words) => row({ label: { text: '' }, text: words }, context);
  return [
    ...row({ mark, label: { text: what, style }, text: head }, context),
    ...under([{ text: '-->', style: 'note' }, ` ${whereOf(finding)}`]),
    ...under([{ text: 'help:', style: 'strong' }, ` ${prose(shown(helpWords(finding)))}`]),
  ];
}

function fixedRow({ rule, severity, message }: Finding, context: ReportContext): string[] {
  const words: Words = [`${severity}[${shown(rule)}]: ${prose(shown(message))}`];
  return row({ mark: { text: '✓', style: 'good' }, label: { text: 'fixed', style: 'good' }, text: words }, context);
}

export function ignoreRows(ignores: AgentDiff['ignores'], context: ReportContext): string[] {
  const all = [
    ...ignores.new.map((ignore) => ({ ignore, wider: false })),
    ...ignores.wider.map((ignore) => ({ ignore, wider: true })),
  ];
  return someRows(all, context, ({ ignore, wider }) => {
    const label: Piece = { text: wider ? 'wider' : 'ignored', style: 'warn' };
    const where: Piece = { text: ` (${spotOf(ignore)})`, style: 'dim' };
    const words: Words = [prose(ignoreWords(ignore, wider)), where];
    return row({ mark: { text: '!', style: 'warn' }, label, text: words }, context);
  });
}
