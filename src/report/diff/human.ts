import type { DiffReport } from '../../model/diff.ts';
import type { Format, ReportContext } from '../context.ts';
import { agentLines } from '../diff-human-agent.ts';
import { findingRows, ignoreRows } from '../diff-human-findings.ts';
import { someRows } from '../diff-human-rows.ts';
import { everything, isTold, moveOf, silencedWords, trustWords, verdictWords } from '../diff-words.ts';
import { pathOf } from '../lint-words.ts';
import { renderProblems } from '../problems.ts';
import { row } from '../row.ts';
import { shown } from '../shown.ts';
import { count, firstOf, type Piece, prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

const AGENTS = 50;

/** For a terminal: the verdict in a line, then each agent that changed, the ones that moved up first. */
export const format: Format<DiffReport> = (report, context) => {
  const told = report.agents.filter(isTold);
  const { items, more } = firstOf(told, AGENTS);
  const blocks = [
    [...headLines(report, context)],
    ...items.map((diff) => agentLines(diff, context)),
    ...(more > 0 ? [dim(`and ${count(more, 'more agent')} that changed: \`${everything(report)}\``, context)] : []),
    silencedLines(report, context),
    besidesLines(report, context),
    quietLines(report, told.length, context),
  ].filter((lines) => lines.length > 0);
  const problems = report.errors.length > 0 ? [renderProblems(report.errors, context)] : [];
  return [...blocks.map((lines) => `${lines.join('\n')}\n`), ...problems].join('\n');
};

function headLines(report: DiffReport, context: ReportContext): string[] {
  const verdict = verdictWords(report, (name) => shown(name, 64));
  return [
    ...wrap([{ text: verdict, style: styleOf(report) }], { ...context, rest: ['  '] }),
    ...(report.trusted === null ? [] : dim(trustWords(report.trusted), context)),
  ];
}

function styleOf({ agents, errors, silenced }: DiffReport): NonNullable<Piece['style']> {
  const moves = new Set(agents.map(moveOf));
  if (moves.has('up') || errors.length > 0) return 'bad';
  if (moves.has('new') || silenced.length > 0) return 'warn';
  return moves.has('down') || moves.has('gone') ? 'good' : 'strong';
}

/** What belongs to no agent, or to the way that all are looked at. */
function besidesLines(report: DiffReport, context: ReportContext): string[] {
  const { findings, ignores, loosened } = report;
  const lines = [
    ...someRows(loosened, context, ({ message, file, place }) => {
      const where = { text: ` (${pathOf(file)}${place ? `:${place.line}` : ''})`, style: 'dim' } as const;
      return row({ ...LOOSENED, text: [prose(shown(message)), where] }, context);
    }),
    ...ignoreRows(ignores, context),
    ...findingRows('new', findings.new, context),
    ...findingRows('fixed', findings.fixed, context),
  ];
  return lines.length > 0 ? [...wrap([{ text: 'Besides the agents', style: 'strong' }], context), ...lines] : [];
}

function silencedLines(report: DiffReport, context: ReportContext): string[] {
  if (report.silenced.length === 0) return [];
  const words: Words = [{ text: prose(silencedWords(report)), style: 'bad' }];
  return [...wrap(words, { ...context, rest: ['  '] }), ...findingRows('hidden', report.silenced, context)];
}

const LOOSENED = { mark: { text: '!', style: 'warn' }, label: { text: 'loosened', style: 'warn' } } as const;

function quietLines({ agents }: DiffReport, told: number, context: ReportContext): string[] {
  const same = agents.length - told;
  return told === 0 || same === 0 ? [] : dim(`${count(same, 'agent')} unchanged`, context);
}

const dim = (text: string, context: ReportContext) =>
  wrap([{ text: prose(text), style: 'dim' }], { ...context, rest: ['  '] });
