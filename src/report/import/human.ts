import type { ImportReport, ImportResult } from '../../model/import.ts';
import { stakes } from '../command-line.ts';
import type { Format, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { shown } from '../shown.ts';
import { count } from '../words.ts';
import { wrap } from '../wrap.ts';

/** One agent a paragraph: where it is, from what, what is known of its tier, and what to do. */
export const format: Format<ImportReport> = ({ results, errors, dryRun }, context) => {
  const lines = results.flatMap((result) => [...agentLines(result, context), '']);
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  const [first] = results;
  const next = !first ? [] : dryRun ? ['nothing was written', ''] : [`next: ${stakes('assess', first.file)}`, ''];
  return [...lines, ...problems, ...next].join('\n');
};

const STATES: Record<ImportResult['state'], string> = {
  new: 'new',
  changed: 'changed since the last import',
  same: 'as the last import left it',
  yours: 'written by hand, left alone',
};

function agentLines(result: ImportResult, context: ReportContext): string[] {
  const { agent, file, state, sources, tier, questions, kept } = result;
  const interval = tier
    ? tier.floor === tier.ceiling
      ? tier.ceiling
      : `${tier.floor} … ${tier.ceiling}`
    : 'not known';
  const says = [
    `from ${sources.map((source) => shown(source, 120)).join(', ')}`,
    `tier ${interval}${questions > 0 ? `, ${count(questions, 'question')} open` : ''}`,
    ...(kept.length > 0 ? [`${count(kept.length, 'change')} not taken over: somebody wrote something else there`] : []),
  ];
  return [
    ...wrap([`${shown(file, 200)} (${STATES[state]})`], {
      ...context,
      first: [{ text: shown(agent, 60), style: 'strong' }, '  '],
      rest: ['  '],
    }),
    ...says.flatMap((line) => wrap([line], { ...context, first: ['  '], rest: ['    '] })),
  ];
}
