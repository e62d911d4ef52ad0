import type { ImportReport, ImportResult } from '../../model/import.ts';
import { stakes } from '../command-line.ts';
import type { Format, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { shown } from '../shown.ts';
import { count } from '../words.ts';
import { wrap } from '../wrap.ts';

/** One agent a paragraph: where it is, from what, what is known of its tier, and what to do. */
export const format: Format<ImportReport> = ({ results, notFollowed, errors, dryRun }, context) => {
  const lines = results.flatMap((result) => [...agentLines(result, context), '']);
  const outside = notFollowed.length > 0 ? [...outsideLines(notFollowed, context), ''] : [];
  const yours = results.some(({ scope }) => scope === 'user') ? [...wrap([YOURS], context), ''] : [];
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  const first = results.find(({ state }) => state !== 'gone');
  const next = dryRun ? ['nothing was written', ''] : [`next: ${stakes('assess', first?.file ?? '')}`, ''];
  return [...lines, ...yours, ...outside, ...problems, ...(first ? next : [])].join('\n');
};

const STATES: Record<ImportResult['state'], string> = {
  new: 'new',
  changed: 'changed since the last import',
  same: 'as the last import left it',
  yours: 'written by hand, left alone',
  gone: 'no longer there',
};

const YOURS = 'what is yours holds in every project that you open, too; the manifests of projects do not count it';

const MOST_SHOWN = 20;

function outsideLines(notFollowed: ImportReport['notFollowed'], context: ReportContext): string[] {
  const more = notFollowed.length - MOST_SHOWN;
  return [
    ...wrap([`outside of the repository, and not read (\`--follow\` reads it):`], { ...context }),
    ...notFollowed
      .slice(0, MOST_SHOWN)
      .flatMap(({ file, to }) =>
        wrap([`${shown(file, 120)} leads to ${shown(to, 120)}`], { ...context, first: ['  '], rest: ['    '] }),
      ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function agentLines(result: ImportResult, context: ReportContext): string[] {
  const { agent, file, state, sources, tier, questions, kept } = result;
  const interval = tier
    ? tier.floor === tier.ceiling
      ? tier.ceiling
      : `${tier.floor} … ${tier.ceiling}`
    : 'not known';
  const from = sources.map((source) => shown(source, 120)).join(', ');
  const told = [
    `from ${from}`,
    `tier ${interval}${questions > 0 ? `, ${count(questions, 'question')} open` : ''}`,
    ...(kept.length > 0 ? [`${count(kept.length, 'change')} not taken over: somebody wrote something else there`] : []),
  ];
  const gone = [
    `it came from ${from === '' ? 'files that are not known' : from}: nothing there describes it any more`,
    'if it is retired, delete the manifest; until then it is assessed as before',
  ];
  const says = result.state === 'gone' ? gone : told;
  return [
    ...wrap([`${shown(file, 200)} (${STATES[state]})`], {
      ...context,
      first: [{ text: shown(agent, 60), style: 'strong' }, '  '],
      rest: ['  '],
    }),
    ...says.flatMap((line) => wrap([line], { ...context, first: ['  '], rest: ['    '] })),
  ];
}
