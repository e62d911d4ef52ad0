import { CONTROL_DOCS, type Control } from '../model/controls.ts';
import type { InitResult, Recommendation } from '../model/init.ts';
import { TIER_DOCS, type Tier } from '../model/tiers.ts';
import { intervalWords, stageWords, verdict } from './assessment-words.ts';
import type { Paint, ReportContext } from './context.ts';
import { walkLines } from './human-walk.ts';
import { heading, row } from './row.ts';
import { prose, type Words } from './words.ts';
import { wrap } from './wrap.ts';

const TIER_STYLE: Record<Tier, keyof Paint> = { light: 'good', medium: 'note', 'medium-plus': 'warn', full: 'bad' };

function tierWords(tier: Tier, because: string): Words {
  return [{ text: TIER_DOCS[tier].title.toUpperCase(), style: TIER_STYLE[tier] }, `: ${prose(because)}`];
}

/** The tier, why, and what keeps it from being known better. */
export function tierLines({ assessment }: InitResult, context: ReportContext): string[] {
  const notes = [intervalWords(assessment), stageWords(assessment)].filter((note) => note !== undefined);
  return [
    ...wrap(tierWords(assessment.tier, verdict(assessment)), { ...context, rest: ['  '] }),
    ...notes.flatMap((note) => wrap([{ text: note, style: 'warn' }], { ...context, rest: ['  '] })),
  ];
}

/** All there is to say before something is written. */
export function summaryLines(result: InitResult, context: ReportContext): string[] {
  const missing = result.assessment.controls.missing.map(({ id }) => id);
  return [
    ...result.text.trimEnd().split('\n'),
    '',
    ...tierLines(result, context),
    '',
    ...walkLines(result.assessment, context),
    ...recommendedLines(result, context),
    ...(missing.length > 0 ? ['', ...controlRow('missing', 'bad', missing, context)] : []),
  ];
}

/** The words for each, beneath one another. */
export function recommendedItems(
  recommended: readonly Recommendation[],
  context: Pick<ReportContext, 'paint' | 'columns'>,
): string[] {
  return recommended.flatMap(({ title, text }) =>
    wrap([{ text: title, style: 'strong' }, `: ${prose(text)}`], { ...context, first: ['  - '], rest: ['    '] }),
  );
}

export function recommendedLines({ recommended }: InitResult, context: ReportContext): string[] {
  if (recommended.length === 0) return [];
  return [
    '',
    ...heading([{ text: 'What would serve it better', style: 'strong' }, ' than a rule for each call:'], context),
    ...recommendedItems(recommended, context),
  ];
}

/** The answer to the three questions. */
export function quickLines(result: InitResult, context: ReportContext): string[] {
  const { assessment, controls, lower } = result;
  const { floor, tier } = assessment;
  const interval =
    floor === tier
      ? []
      : wrap([`at best ${floor}; what is not sure counts as the worst`], { ...context, first: ['  '] });
  return [
    ...wrap(tierWords(tier, TIER_DOCS[tier].summary), { ...context, rest: ['  '] }),
    ...interval,
    '',
    ...heading([{ text: 'What it calls for', style: 'strong' }], context),
    ...controls.required.flatMap((id) => controlLine(id, context)),
    ...(controls.unlessStarted.length > 0
      ? [
          ...heading(['and where no person starts it, or it has subagents:'], context),
          ...controls.unlessStarted.flatMap((id) => controlLine(id, context)),
        ]
      : []),
    ...(controls.excessive.length > 0
      ? heading([{ text: 'Too much here', style: 'warn' }, `: ${controls.excessive.join(', ')}`], context)
      : []),
    ...(lower
      ? [
          '',
          ...wrap([{ text: `One tier lower (${lower.to})`, style: 'strong' }, ` if ${prose(lower.text)}`], {
            ...context,
            first: ['  '],
            rest: ['    '],
          }),
        ]
      : []),
    '',
    ...wrap(
      [
        'Nothing was written. For a manifest, with the tools it really has: ',
        { text: 'stakes\u00a0init', style: 'note' },
      ],
      {
        ...context,
        first: ['  '],
        rest: ['  '],
      },
    ),
  ];
}

function controlLine(id: Control, context: ReportContext): string[] {
  const words: Words = [{ text: id, style: 'strong' }, `: ${CONTROL_DOCS[id].summary}`];
  return wrap(words, { ...context, first: ['  - '], rest: ['    '] });
}

function controlRow(label: string, style: keyof Paint, ids: readonly Control[], context: ReportContext): string[] {
  return row({ label: { text: label, style }, text: [ids.join(', ')] }, context);
}
