import type { Assessment, AssessmentReport } from '../../model/assessment.ts';
import { TIER_DOCS, TIERS, type Tier } from '../../model/tiers.ts';
import { intervalWords, stageWords, verdict } from '../assessment-words.ts';
import type { Format, Paint, ReportContext } from '../context.ts';
import { adviceLines, nextLines, questionLines } from '../human-advice.ts';
import { controlLines } from '../human-controls.ts';
import { reachLines } from '../human-reach.ts';
import { walkLines } from '../human-walk.ts';
import { renderProblems } from '../problems.ts';
import { shown } from '../shown.ts';
import { count, prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

/** For a terminal: each agent on a screen, then a line that sums up. */
export const format: Format<AssessmentReport> = ({ results, errors }, context) => {
  const agents = results.map((assessment) => `${agentLines(assessment, context).join('\n')}\n`);
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  const sum = results.length > 1 ? [`${wrap(summary(results), context).join('\n')}\n`] : [];
  return [...agents, ...problems, ...sum].join('\n');
};

const TIER_STYLE: Record<Tier, keyof Paint> = { light: 'good', medium: 'note', 'medium-plus': 'warn', full: 'bad' };

function agentLines(assessment: Assessment, context: ReportContext): string[] {
  return [
    ...headline(assessment, context),
    '',
    ...walkLines(assessment, context),
    '',
    ...reachLines(assessment, context),
    '',
    ...controlLines(assessment, context),
    ...adviceLines(assessment, context),
    ...questionLines(assessment, context),
    ...nextLines(assessment, context),
  ];
}

function headline(assessment: Assessment, context: ReportContext): string[] {
  const { agent, name, file, place, tier } = assessment;
  const title = name === agent ? shown(agent, 64) : `${shown(name, 100)} (${shown(agent, 64)})`;
  const where = `${shown(file)}${place ? `:${place.line}` : ''}`;
  const words: Words = [
    { text: TIER_DOCS[tier].title.toUpperCase(), style: TIER_STYLE[tier] },
    `: ${prose(verdict(assessment))}`,
  ];
  const notes = [intervalWords(assessment), stageWords(assessment)].filter((note) => note !== undefined);
  return [
    ...wrap([{ text: title, style: 'strong' }, ' in ', { text: where, style: 'dim' }], context),
    ...wrap(words, { ...context, rest: ['  '] }),
    ...notes.flatMap((note) => wrap([{ text: note, style: 'warn' }], { ...context, rest: ['  '] })),
  ];
}

function summary(results: readonly Assessment[]): Words {
  const tiers = TIERS.map((tier) => ({ tier, number: results.filter((each) => each.tier === tier).length })).filter(
    ({ number }) => number > 0,
  );
  const open = results.filter(({ floor, ceiling }) => floor !== ceiling).length;
  const words = tiers.flatMap(
    ({ tier, number }, index): Words => [index > 0 ? ', ' : '', { text: `${number} ${tier}`, style: TIER_STYLE[tier] }],
  );
  return [
    { text: count(results.length, 'agent'), style: 'strong' },
    ': ',
    ...words,
    ...(open > 0 ? [`; ${open} with open questions`] : []),
  ];
}
